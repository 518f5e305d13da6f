package dev.belfry.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.Addresses;
import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;

/**
 * One thing that is different between two versions of settings.
 *
 * @param type the global notification that it is about; null for the default e-mail
 * @param title what it is about, for people
 * @param before as a person would write it, null for nothing
 * @param after likewise
 */
public record SettingChange(Kind setting, @Nullable String type, String title, @Nullable String before,
		@Nullable String after) {

	/** All that is different, in the order of the form. */
	static List<SettingChange> between(Settings before, Settings after) {
		List<SettingChange> changes = new ArrayList<>();
		changes.add(new SettingChange(Kind.DEFAULT_EMAIL, null, "Default e-mail", before.defaultEmail(),
				after.defaultEmail()));
		for (GlobalNotification notification : GlobalNotifications.all()) {
			Toggle from = before.toggle(notification.type());
			Toggle to = after.toggle(notification.type());
			changes
				.add(of(Kind.ENABLED, notification, Boolean.toString(from.enabled()), Boolean.toString(to.enabled())));
			changes.add(of(Kind.OVERRIDE_EMAILS, notification, printed(from), printed(to)));
		}
		changes.removeIf((change) -> Objects.equals(change.before(), change.after()));
		return List.copyOf(changes);
	}

	private static SettingChange of(Kind setting, GlobalNotification notification, @Nullable String before,
			@Nullable String after) {
		return new SettingChange(setting, notification.type(), notification.title(), before, after);
	}

	private static @Nullable String printed(Toggle toggle) {
		return toggle.overrideEmails().isEmpty() ? null : Addresses.print(toggle.overrideEmails());
	}

	/** What can be different; the schema describes each. */
	public enum Kind {

		DEFAULT_EMAIL, ENABLED, OVERRIDE_EMAILS

	}

}
