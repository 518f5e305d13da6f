package dev.belfry.settings;

import java.util.List;

import dev.belfry.catalog.GlobalNotification;
import dev.belfry.catalog.Purpose;

/**
 * A global notification, as an account has set it, as the schema shows it.
 *
 * @param together those that are shown with it
 */
public record GlobalNotificationView(String id, GlobalNotification notification, NotificationsTogether together) {

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
		return this.together.inForce().settings().enabled(type());
	}

	public List<String> overrideEmails() {
		return this.together.inForce().settings().toggle(type()).overrideEmails();
	}

	public List<String> recipients() {
		return this.together.inForce().settings().addresses(type());
	}

}
