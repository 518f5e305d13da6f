package dev.belfry.settings;

import java.util.List;

import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.catalog.types.Purpose;
import dev.belfry.graphql.relay.Together;

/**
 * A global notification, as an account has set it, as the schema shows it.
 *
 * @param together all that are on
 */
public record GlobalNotificationView(String id, GlobalNotification notification, SettingsVersion inForce,
		Together<GlobalNotification> together) {

	public String type() {
		return this.notification.type();
	}

	public String topic() {
		return this.notification.topic().key();
	}

	public String title() {
		return this.notification.title();
	}

	public String description() {
		return this.notification.description();
	}

	public Purpose purpose() {
		return this.notification.purpose();
	}

	public boolean enabled() {
		return this.inForce.settings().enabled(type());
	}

	public List<String> overrideEmails() {
		return this.inForce.settings().toggle(type()).overrideEmails();
	}

	public List<String> recipients() {
		return this.inForce.settings().addresses(type());
	}

}
