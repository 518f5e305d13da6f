package dev.belfry.alerts.editing;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

import dev.belfry.alerts.editing.AlertInput.WatchInput;
import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.recipients.AlertIds;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.recipients.RecipientInput;
import dev.belfry.alerts.recipients.RecipientReader;
import dev.belfry.alerts.rules.Alert;
import dev.belfry.alerts.rules.TemplateText;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.catalog.types.EventType;
import dev.belfry.conditions.tree.Condition;
import dev.belfry.input.InputErrors;
import dev.belfry.input.NameKeys;
import dev.belfry.input.Nearest;
import dev.belfry.input.UserErrorCode;
import dev.belfry.templates.Template;
import dev.belfry.values.JsonValues;

/**
 * Reads what an alert is to be from the input of a call, on top of what it is, and notes
 * all that is wrong. What is omitted is kept.
 */
public final class AlertReader {

	private final AlertInput input;

	private final @Nullable Alert before;

	private final AlertIds ids;

	private final RecipientReader recipients;

	private final InputErrors errors;

	private AlertReader(AlertInput input, @Nullable Alert before, AlertIds ids, InputErrors errors) {
		this.input = input;
		this.before = before;
		this.ids = ids;
		this.recipients = new RecipientReader(ids, errors.at("recipients"));
		this.errors = errors;
	}

	/**
	 * Reads an input.
	 * @param before the alert as it is; null for a new one
	 */
	public static AlertReading read(AlertInput input, @Nullable Alert before, AlertIds ids, InputErrors errors) {
		return new AlertReader(input, before, ids, errors).read();
	}

	private AlertReading read() {
		String name = name();
		String key = eventType();
		EventType type = EventTypes.find(key);
		if (type == null && isAboutTheType()) {
			unknownType(key);
		}
		if (this.before != null && isOfJobs(key) != isOfJobs(this.before.eventType()) && isGood("eventType")) {
			this.errors.at("eventType")
				.add(UserErrorCode.NOT_POSSIBLE,
						"An alert cannot change between jobs and other events. Create another alert.");
		}
		boolean enabled = enabled();
		Map<String, @Nullable Object> condition = condition(type);
		OverdueWatch watch = watch(type);
		TemplateText template = template(type);
		List<Recipient> recipients = recipients(type);
		if (enabled && recipients.isEmpty() && isGood("recipients")) {
			this.errors.at(this.input.recipients().isOmitted() ? "enabled" : "recipients")
				.add(UserErrorCode.REQUIRED, "An alert that is on needs at least one recipient.");
		}
		Alert alert = this.errors.isEmpty()
				? new Alert(name, key, enabled, condition, watch, Objects.requireNonNull(template), recipients) : null;
		return new AlertReading(alert, isGood("name") ? name : null, this.recipients.newRecipients(),
				this.input.watch().isOmitted() ? null : watch, this.errors);
	}

	private String name() {
		String given = given(this.input.name(), "name", "This must be a text.");
		if (given == null) {
			return (this.before != null) ? this.before.name() : "";
		}
		NameKeys.check(given.strip(), Alert.LONGEST_NAME, this.errors.at("name"));
		return given.strip();
	}

	private String eventType() {
		String given = given(this.input.eventType(), "eventType", "This must be the key of an event type.");
		String kept = (this.before != null) ? this.before.eventType() : "";
		return (given != null) ? given : kept;
	}

	/**
	 * An alert about a type that Belfry knows no longer can still be renamed and switched
	 * off.
	 */
	private boolean isAboutTheType() {
		return this.before == null || !(this.input.eventType().isOmitted() && this.input.condition().isOmitted()
				&& this.input.template().isOmitted() && this.input.recipients().isOmitted());
	}

	private void unknownType(String key) {
		String nearest = Nearest.of(key, EventTypes.all().stream().map(EventType::key).toList());
		this.errors.at("eventType")
			.add(UserErrorCode.NOT_FOUND, "There is no event type with this key."
					+ ((nearest != null) ? " Did you mean " + nearest + "?" : " The query eventTypes lists them."));
	}

	private static boolean isOfJobs(String type) {
		return type.equals(EventTypes.JOB_COMPLETED.key());
	}

	private boolean enabled() {
		Boolean given = given(this.input.enabled(), "enabled", "This must be true or false.");
		return (given != null) ? given : this.before != null && this.before.enabled();
	}

	private @Nullable Map<String, @Nullable Object> condition(@Nullable EventType type) {
		boolean given = !this.input.condition().isOmitted();
		Map<String, @Nullable Object> condition = given ? this.input.condition().value()
				: (this.before != null) ? this.before.condition() : null;
		if (condition == null || type == null || !given && isOfTheSame(type)) {
			return condition;
		}
		// As the database gives it back, so that the same is seen to be the same.
		return (Condition.read(type, condition, this.errors.at("condition")) != null)
				? JsonValues.readObject(JsonValues.write(condition)) : null;
	}

	private @Nullable OverdueWatch watch(@Nullable EventType type) {
		OverdueWatch kept = (this.before != null) ? this.before.watch() : null;
		WatchInput given = this.input.watch().value();
		if (type == null) {
			return kept;
		}
		if (!type.key().equals(EventTypes.JOB_OVERDUE.key())) {
			if (given != null) {
				this.errors.at("watch")
					.add(UserErrorCode.NOT_POSSIBLE,
							"Only an alert about " + EventTypes.JOB_OVERDUE.key() + " watches a job.");
			}
			return null;
		}
		if (given != null) {
			return OverdueWatchReader.read(given, this.ids, this.errors.at("watch"));
		}
		if (kept == null || !this.input.watch().isOmitted()) {
			this.errors.at("watch").add(UserErrorCode.REQUIRED, "Give the job to watch.");
		}
		return kept;
	}

	private @Nullable TemplateText template(@Nullable EventType type) {
		TemplateText kept = (this.before != null) ? this.before.template() : null;
		if (type == null) {
			return kept;
		}
		boolean given = !this.input.template().isOmitted();
		TemplateText template = given ? this.input.template().value() : isBelfrys(kept) ? null : kept;
		if (template == null) {
			return TemplateText.of(type);
		}
		if (given || !isOfTheSame(type)) {
			Template.read(type, template.subject(), template.body(), this.errors.at("template"));
		}
		return template;
	}

	/** Nobody has changed them, so they go with the type of events. */
	private boolean isBelfrys(@Nullable TemplateText kept) {
		EventType type = (this.before != null) ? EventTypes.find(this.before.eventType()) : null;
		return type != null && TemplateText.of(type).equals(kept);
	}

	private List<Recipient> recipients(@Nullable EventType type) {
		List<EventPersona> personas = (type != null) ? type.personas() : List.of();
		List<RecipientInput> given = given(this.input.recipients(), "recipients", "This must be a list.");
		if (given != null) {
			return this.recipients.read(given, personas);
		}
		List<Recipient> kept = (this.before != null) ? this.before.recipients() : List.of();
		if (type != null && !isOfTheSame(type)) {
			this.recipients.checkKept(kept, personas);
		}
		return kept;
	}

	private boolean isOfTheSame(EventType type) {
		return this.before != null && this.before.eventType().equals(type.key());
	}

	/**
	 * What the input has here; null, which is wrong if it is in the input, to keep what
	 * it is.
	 */
	private <T> @Nullable T given(ArgumentValue<T> value, String field, String what) {
		if (!value.isOmitted() && value.isEmpty()) {
			this.errors.at(field).add(UserErrorCode.REQUIRED, what + " Leave it out to keep the current value.");
		}
		return value.value();
	}

	private boolean isGood(String field) {
		return this.errors.at(field).isEmpty();
	}

}
