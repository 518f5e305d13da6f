package dev.belfry.alerts.rules;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which alerts a list shows.
 *
 * @param eventTypes only those about these types of events; empty for all
 * @param enabled only those that are on, or off; null for both
 * @param words only those that have all of these in the key of their name
 */
public record AlertChoice(Set<String> eventTypes, @Nullable Boolean enabled, List<String> words) {

	public static final AlertChoice ALL = new AlertChoice(Set.of(), null, List.of());

}
