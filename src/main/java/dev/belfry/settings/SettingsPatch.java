package dev.belfry.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.Addresses;
import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.store.Idempotency;

/**
 * What a call wants to be different. The rest is kept.
 *
 * @param setsDefaultEmail whether the default e-mail is to be different
 * @param defaultEmail null for none
 * @param toggles at most one for each global notification
 * @param doubtful types of which it cannot be told yet where they go to, because an error
 * is in the way
 * @param errors what is wrong with the input whatever the settings are
 */
record SettingsPatch(boolean setsDefaultEmail, @Nullable String defaultEmail, List<TogglePatch> toggles,
		Set<String> doubtful, List<UserError> errors) {

	/**
	 * The settings with what is different. Fails with all that is wrong with that.
	 * @param found what is wrong already; if anything is, it is not known what this would
	 * be put on top of
	 */
	Settings appliedTo(Settings settings, InputErrors found) {
		Settings after = appliedTo(settings);
		InputErrors errors = new InputErrors(Stream.concat(found.list().stream(), this.errors.stream()).toList());
		if (found.isEmpty()) {
			checkAddresses(settings, after, errors);
		}
		errors.check();
		return after;
	}

	private Settings appliedTo(Settings settings) {
		Map<String, Toggle> changed = new HashMap<>(settings.toggles());
		this.toggles.forEach((patch) -> changed.put(patch.type(), patch.appliedTo(settings.toggle(patch.type()))));
		return new Settings(this.setsDefaultEmail ? this.defaultEmail : settings.defaultEmail(), changed);
	}

	/** What is on has somewhere to go to, unless it had not before. */
	private void checkAddresses(Settings settings, Settings after, InputErrors errors) {
		List<String> withoutAddress = new ArrayList<>();
		for (GlobalNotification notification : GlobalNotifications.all()) {
			String type = notification.type();
			TogglePatch patch = toggle(type);
			if (this.doubtful.contains(type) || !isLost(after, type)) {
				continue;
			}
			if (patch != null) {
				patch.addNowhere(notification, errors);
			}
			else if (!isLost(settings, type)) {
				withoutAddress.add("\"" + notification.title() + "\"");
			}
		}
		if (!withoutAddress.isEmpty()) {
			errors.at("defaultEmail")
				.add(UserErrorCode.REQUIRED, "Without a default e-mail these have no address: "
						+ String.join(", ", withoutAddress) + ". Switch them off, or give them override e-mails.");
		}
	}

	/** The same for two calls that want the same. */
	String hash(@Nullable Integer expectedVersion) {
		List<@Nullable Object> parts = new ArrayList<>();
		parts.add(expectedVersion);
		parts.add(this.setsDefaultEmail);
		parts.add(this.defaultEmail);
		for (TogglePatch toggle : this.toggles) {
			parts.add(toggle.type());
			parts.add(toggle.enabled());
			parts.add((toggle.overrideEmails() != null) ? Addresses.print(toggle.overrideEmails()) : null);
		}
		return Idempotency.hash(parts.toArray());
	}

	private @Nullable TogglePatch toggle(String type) {
		return this.toggles.stream().filter((patch) -> patch.type().equals(type)).findFirst().orElse(null);
	}

	private static boolean isLost(Settings settings, String type) {
		return settings.enabled(type) && settings.addresses(type).isEmpty();
	}

	/**
	 * What is to be different about one global notification.
	 *
	 * @param path its path in the input
	 * @param enabled null to keep
	 * @param overrideEmails null to keep
	 */
	record TogglePatch(List<String> path, String type, @Nullable Boolean enabled,
			@Nullable List<String> overrideEmails) {

		Toggle appliedTo(Toggle toggle) {
			return new Toggle((this.enabled != null) ? this.enabled : toggle.enabled(),
					(this.overrideEmails != null) ? this.overrideEmails : toggle.overrideEmails());
		}

		void addNowhere(GlobalNotification notification, InputErrors errors) {
			InputErrors toggle = errors.at(this.path);
			InputErrors field = (this.overrideEmails != null) ? toggle.at("overrideEmails")
					: (this.enabled != null) ? toggle.at("enabled") : toggle;
			field.add(UserErrorCode.REQUIRED, "\"" + notification.title()
					+ "\" is on and has no address. Give a default e-mail or override e-mails.");
		}

	}

}
