package dev.belfry.alerts;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.condition.Condition;
import dev.belfry.alerts.template.Template;

/**
 * A version of an alert, ready to be held against events.
 *
 * @param condition null for every event of the type
 * @param template null only if there is a fault
 * @param fault why it cannot be, in a sentence for people; null if it can. What was saved
 * was checked, so this takes a version of Belfry that knows the type of events no longer
 * or otherwise
 */
public record AlertRule(AlertVersion version, @Nullable Condition condition, @Nullable Template template,
		@Nullable String fault) {
}
