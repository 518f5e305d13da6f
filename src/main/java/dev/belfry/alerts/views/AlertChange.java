package dev.belfry.alerts.views;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.recipients.Directory;
import dev.belfry.alerts.rules.Alert;
import dev.belfry.values.JsonValues;

/**
 * One part of an alert that is different between two versions.
 *
 * @param before as a person would write it; null for no condition, and for nothing
 * watched
 * @param after likewise
 */
record AlertChange(AlertPart part, @Nullable String before, @Nullable String after) {

	/**
	 * All that is different, in the order of the form.
	 * @param directory knows the recipients of both
	 * @param integrations the names of those that they watch, by number
	 */
	static List<AlertChange> between(Alert before, Alert after, Directory directory, Map<Long, String> integrations) {
		return Stream
			.of(new AlertChange(AlertPart.NAME, before.name(), after.name()),
					new AlertChange(AlertPart.EVENT_TYPE, before.eventType(), after.eventType()),
					new AlertChange(AlertPart.ENABLED, Boolean.toString(before.enabled()),
							Boolean.toString(after.enabled())),
					new AlertChange(AlertPart.CONDITION, written(before.condition()), written(after.condition())),
					new AlertChange(AlertPart.WATCH, written(before.watch(), integrations),
							written(after.watch(), integrations)),
					new AlertChange(AlertPart.SUBJECT, before.template().subject(), after.template().subject()),
					new AlertChange(AlertPart.BODY, before.template().body(), after.template().body()),
					new AlertChange(AlertPart.RECIPIENTS, written(before, directory), written(after, directory)))
			.filter((change) -> !Objects.equals(change.before(), change.after()))
			.toList();
	}

	private static @Nullable String written(@Nullable Map<String, @Nullable Object> condition) {
		return (condition != null) ? new String(JsonValues.write(condition), StandardCharsets.UTF_8) : null;
	}

	private static @Nullable String written(@Nullable OverdueWatch watch, Map<Long, String> integrations) {
		if (watch == null) {
			return null;
		}
		String limit = watch.timesUsual() ? "twice its usual interval" : watch.afterMinutes() + " minutes";
		String integration = integrations.getOrDefault(watch.integrationId(), "a removed integration");
		return watch.operationName() + " for " + integration + ", " + limit;
	}

	private static String written(Alert alert, Directory directory) {
		return alert.recipients()
			.stream()
			.map((recipient) -> recipient.label(directory))
			.collect(Collectors.joining(", "));
	}

}
