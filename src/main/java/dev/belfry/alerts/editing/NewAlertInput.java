package dev.belfry.alerts.editing;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

import dev.belfry.alerts.editing.AlertInput.WatchInput;
import dev.belfry.alerts.recipients.RecipientInput;
import dev.belfry.alerts.rules.TemplateText;

/**
 * What a new alert is to be, or one that is only tried.
 *
 * @param name null for one that is tried
 * @param template null for the words that its event type brings
 */
public record NewAlertInput(@Nullable String name, String eventType, boolean enabled,
		@Nullable Map<String, @Nullable Object> condition, @Nullable WatchInput watch, @Nullable TemplateText template,
		List<RecipientInput> recipients, @Nullable String idempotencyKey) {

	/** The same as a change of nothing. */
	public AlertInput change() {
		return new AlertInput("", given(this.name), given(this.eventType), given(this.enabled), given(this.condition),
				given(this.watch), given(this.template), given(this.recipients), null, this.idempotencyKey);
	}

	private static <T> ArgumentValue<T> given(@Nullable T value) {
		return (value != null) ? ArgumentValue.ofNullable(value) : ArgumentValue.omitted();
	}

}
