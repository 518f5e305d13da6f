package dev.belfry.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.AddressList;
import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.input.InputErrors;
import dev.belfry.input.Refusal;
import dev.belfry.input.UserErrorCode;
import dev.belfry.settings.SettingsInput.ToggleInput;
import dev.belfry.settings.SettingsPatch.TogglePatch;

/**
 * Reads what is to be different from the input of a call, and notes all that is wrong
 * with it.
 */
final class SettingsReader {

	private static final int MOST_TOGGLES = 50;

	private static final AddressList OVERRIDE_EMAILS = new AddressList("A notification", 50);

	private final InputErrors errors = new InputErrors();

	private final List<TogglePatch> toggles = new ArrayList<>();

	private final Set<String> seen = new HashSet<>();

	private final Set<String> doubtful = new HashSet<>();

	private SettingsReader() {
	}

	/** What the whole form says. */
	static SettingsPatch readForm(SettingsInput input) {
		SettingsReader reader = new SettingsReader();
		String defaultEmail = reader.defaultEmail(input.defaultEmail().value());
		List<ToggleInput> items = Objects.requireNonNullElse(input.globalNotifications(), List.of());
		if (items.size() > MOST_TOGGLES) {
			throw Refusal.badInput("This takes at most " + MOST_TOGGLES + " items, not " + items.size() + ".", "input",
					"globalNotifications");
		}
		for (int i = 0; i < items.size(); i++) {
			reader.readToggle(items.get(i), reader.errors.at("globalNotifications").at(i));
		}
		return reader.patch(!input.defaultEmail().isOmitted(), defaultEmail);
	}

	/** What is said of one toggle. */
	static SettingsPatch readOne(ToggleInput input) {
		SettingsReader reader = new SettingsReader();
		reader.readToggle(input, reader.errors);
		return reader.patch(false, null);
	}

	private SettingsPatch patch(boolean setsDefaultEmail, @Nullable String defaultEmail) {
		return new SettingsPatch(setsDefaultEmail, defaultEmail, this.toggles, this.doubtful, this.errors.list());
	}

	private void readToggle(ToggleInput input, InputErrors errors) {
		String type = input.type();
		if (GlobalNotifications.named(type) == null) {
			errors.at("type").add(UserErrorCode.NOT_FOUND, "There is no global notification of this type.");
		}
		else if (!this.seen.add(type)) {
			errors.at("type").add(UserErrorCode.REPEATED, "An item before this one has the same type.");
		}
		if (!input.enabled().isOmitted() && input.enabled().isEmpty()) {
			errors.at("enabled")
				.add(UserErrorCode.REQUIRED, "This must be true or false. Leave it out to keep the current value.");
		}
		List<String> overrideEmails = input.overrideEmails().isOmitted() ? null : OVERRIDE_EMAILS
			.read(input.overrideEmails().asOptional().orElse(List.of()), errors.at("overrideEmails"));
		if (errors.isEmpty()) {
			this.toggles.add(new TogglePatch(errors.path(), type, input.enabled().value(), overrideEmails));
		}
		else {
			this.doubtful.add(type);
		}
	}

	private @Nullable String defaultEmail(@Nullable String text) {
		InputErrors errors = this.errors.at("defaultEmail");
		String address = (text != null) ? AddressList.readOne(text,
				"This takes one e-mail address. Only override e-mails of a notification can be several.",
				"This must not be empty. Give null to have no default e-mail.", errors) : null;
		if (!errors.isEmpty()) {
			GlobalNotifications.all().stream().map(GlobalNotification::type).forEach(this.doubtful::add);
		}
		return address;
	}

}
