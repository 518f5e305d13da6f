package dev.belfry.settings;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.graphql.relay.OfAccount;
import dev.belfry.viewer.AccountId;

/** An account's settings as the schema shows them. */
record NotificationSettingsView(AccountId account, String id, SettingsVersion inForce,
		List<GlobalNotificationView> globalNotifications) implements OfAccount {

	public int version() {
		return this.inForce.version();
	}

	public @Nullable String defaultEmail() {
		return this.inForce.settings().defaultEmail();
	}

}
