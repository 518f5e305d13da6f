package dev.belfry.alerts;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

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

	/** A recipient, by the one of these that is not null. */
	public record RecipientInput(@Nullable String email, @Nullable String persona, @Nullable String userId,
			@Nullable String listId, @Nullable String special) {

		/** Whoever reads at an address. */
		public static RecipientInput email(String address) {
			return new RecipientInput(address, null, null, null, null);
		}

		/** Somebody whom the event names. */
		public static RecipientInput persona(String persona) {
			return new RecipientInput(null, persona, null, null, null);
		}

		/** The default e-mail of the account's notification settings. */
		public static RecipientInput defaultEmail() {
			return new RecipientInput(null, null, null, null, "DEFAULT_EMAIL");
		}

	}

}
