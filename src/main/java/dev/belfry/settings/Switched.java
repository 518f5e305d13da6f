package dev.belfry.settings;

import java.util.List;
import java.util.function.Predicate;

import dev.belfry.catalog.GlobalNotification;
import dev.belfry.catalog.GlobalNotifications;
import dev.belfry.catalog.Topic;

/**
 * Which toggles differ between two versions of settings.
 *
 * @param off topics of the global notifications that were on and are off
 * @param on topics of those that were off and are on
 */
record Switched(List<Topic> off, List<Topic> on) {

	static Switched between(Settings before, Settings after) {
		return new Switched(topics((type) -> before.enabled(type) && !after.enabled(type)),
				topics((type) -> !before.enabled(type) && after.enabled(type)));
	}

	private static List<Topic> topics(Predicate<String> condition) {
		return GlobalNotifications.all()
			.stream()
			.map(GlobalNotification::type)
			.filter(condition)
			.sorted()
			.map(Topic::global)
			.toList();
	}

}
