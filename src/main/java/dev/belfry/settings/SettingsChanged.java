package dev.belfry.settings;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.belfry.accounts.AccountId;
import dev.belfry.catalog.GlobalNotification;
import dev.belfry.catalog.GlobalNotifications;

/**
 * An account's settings have a new version. Published on the node that took it, once it
 * is committed.
 *
 * @param switchedOff types of the global notifications that were on and are off
 * @param switchedOn types of those that were off and are on
 */
public record SettingsChanged(AccountId account, Set<String> switchedOff, Set<String> switchedOn) {

	static SettingsChanged between(AccountId account, Settings before, Settings after) {
		return new SettingsChanged(account, types((type) -> before.enabled(type) && !after.enabled(type)),
				types((type) -> !before.enabled(type) && after.enabled(type)));
	}

	private static Set<String> types(Predicate<String> condition) {
		return GlobalNotifications.all()
			.stream()
			.map(GlobalNotification::type)
			.filter(condition)
			.collect(Collectors.toUnmodifiableSet());
	}

}
