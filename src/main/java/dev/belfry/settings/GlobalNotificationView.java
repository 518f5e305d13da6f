package dev.belfry.settings;

import java.util.List;

import dev.belfry.catalog.GlobalNotification;
import dev.belfry.catalog.Purpose;

/** A global notification, as an account has set it, as the schema shows it. */
record GlobalNotificationView(String id, GlobalNotification notification, Settings settings) {

	public String type() {
		return this.notification.type();
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
		return this.settings.enabled(type());
	}

	public List<String> overrideEmails() {
		return this.settings.toggle(type()).overrideEmails();
	}

	public List<String> recipients() {
		return this.settings.addresses(type());
	}

}
