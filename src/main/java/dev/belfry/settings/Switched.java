package dev.belfry.settings;

import java.util.List;
import java.util.function.Predicate;

import dev.belfry.catalog.GlobalNotification;
import dev.belfry.catalog.GlobalNotifications;

/**
 * Which toggles differ between two versions of settings.
 *
 * @param off topics of the global notifications that were on and are off
 * @param on topics of those that were off and are on
 */
record Switched(List<String> off, List<String> on) {

	static Switched between(Settings before, Settings after) {
		return new Switched(topics((type) -> before.enabled(type) && !after.enabled(type)),
				topics((type) -> !before.enabled(type) && after.enabled(type)));
	}

	private static List<String> topics(Predicate<String> condition) {
		return GlobalNotifications.all()
			.stream()
			.map(GlobalNotification::type)
			.filter(condition)
			.sorted()
			.map(GlobalNotification::topic)
			.toList();
	}

}
