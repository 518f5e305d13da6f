package dev.belfry.alerts.editing;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

import dev.belfry.alerts.recipients.RecipientInput;
import dev.belfry.alerts.rules.TemplateText;

/**
 * What an alert is to be; what is omitted stays as it is.
 *
 * @param condition as it was sent; it is read by the fields of the event type
 */
public record AlertInput(String id, ArgumentValue<String> name, ArgumentValue<String> eventType,
		ArgumentValue<Boolean> enabled, ArgumentValue<Map<String, @Nullable Object>> condition,
		ArgumentValue<WatchInput> watch, ArgumentValue<TemplateText> template,
		ArgumentValue<List<RecipientInput>> recipients, @Nullable Integer expectedVersion,
		@Nullable String idempotencyKey) {

	/** The job that an alert about overdue jobs watches. */
	public record WatchInput(String operation, String integrationId, @Nullable Integer afterMinutes,
			@Nullable Boolean timesUsual) {
	}

}
