package dev.belfry.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.GlobalNotification;
import dev.belfry.catalog.GlobalNotifications;
import dev.belfry.platform.Refusal;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;
import dev.belfry.settings.Addresses.Typed;
import dev.belfry.settings.SettingsPatch.TogglePatch;

/**
 * Reads what is to be different from the input of a call, and notes all that is wrong
 * with it. It reads the coerced maps themselves, which tell what is absent from what is
 * null.
 */
final class SettingsReader {

	private static final int MOST_TOGGLES = 50;

	private static final int MOST_ADDRESSES = 50;

	/** Before repetitions are left out. */
	private static final int MOST_TYPED = 200;

	private static final int LONGEST_LIST = 20_000;

	private static final int LONGEST_SHOWN = 80;

	private final List<UserError> errors = new ArrayList<>();

	private final List<TogglePatch> toggles = new ArrayList<>();

	private final Set<String> seen = new HashSet<>();

	private final Set<String> doubtful = new HashSet<>();

	private SettingsReader() {
	}

	/** What the whole form says. */
	static SettingsPatch readForm(Map<String, Object> input) {
		SettingsReader reader = new SettingsReader();
		String defaultEmail = reader.defaultEmail((String) input.get("defaultEmail"));
		List<Map<String, Object>> items = items(input);
		for (int i = 0; i < items.size(); i++) {
			reader.readToggle(items.get(i), List.of("globalNotifications", Integer.toString(i)));
		}
		return reader.patch(input.containsKey("defaultEmail"), defaultEmail);
	}

	/** What is said of one toggle. */
	static SettingsPatch readOne(Map<String, Object> input) {
		SettingsReader reader = new SettingsReader();
		reader.readToggle(input, List.of());
		return reader.patch(false, null);
	}

	private SettingsPatch patch(boolean setsDefaultEmail, @Nullable String defaultEmail) {
		return new SettingsPatch(setsDefaultEmail, defaultEmail, this.toggles, this.doubtful, this.errors);
	}

	private void readToggle(Map<String, Object> input, List<String> path) {
		int errorsBefore = this.errors.size();
		String type = (String) Objects.requireNonNull(input.get("type"));
		if (GlobalNotifications.named(type) == null) {
			error(UserErrorCode.NOT_FOUND, "There is no global notification of this type.", path, "type");
		}
		else if (!this.seen.add(type)) {
			error(UserErrorCode.REPEATED, "An item before this one has the same type.", path, "type");
		}
		Boolean enabled = (Boolean) input.get("enabled");
		if (input.containsKey("enabled") && enabled == null) {
			error(UserErrorCode.REQUIRED, "This is true or false. Leave it out to keep what it is.", path, "enabled");
		}
		List<String> overrideEmails = input.containsKey("overrideEmails") ? overrideEmails(input, path) : null;
		if (this.errors.size() == errorsBefore) {
			this.toggles.add(new TogglePatch(path, type, enabled, overrideEmails));
		}
		else {
			this.doubtful.add(type);
		}
	}

	private @Nullable String defaultEmail(@Nullable String text) {
		int errorsBefore = this.errors.size();
		String address = (text != null) ? oneAddress(text) : null;
		if (this.errors.size() > errorsBefore) {
			GlobalNotifications.all().stream().map(GlobalNotification::type).forEach(this.doubtful::add);
		}
		return address;
	}

	private @Nullable String oneAddress(String text) {
		List<String> path = List.of("defaultEmail");
		if (text.length() > LONGEST_LIST) {
			error(UserErrorCode.TOO_LONG, "This has more characters than an e-mail address may have.", path);
			return null;
		}
		List<Typed> typed = Addresses.read(text);
		String address = (typed.size() == 1) ? typed.get(0).address() : null;
		if (typed.isEmpty()) {
			error(UserErrorCode.REQUIRED, "This must not be empty. Give null to have no default e-mail.", path);
		}
		else if (typed.size() > 1) {
			error(UserErrorCode.INVALID,
					"This takes one e-mail address. Only override e-mails of a notification can be several.", path);
		}
		else if (address == null) {
			error(UserErrorCode.INVALID, shown(typed.get(0)) + " is not an e-mail address.", path);
		}
		return address;
	}

	private List<String> overrideEmails(Map<String, Object> input, List<String> path) {
		List<String> texts = texts(input);
		if (texts.stream().mapToLong(String::length).sum() > LONGEST_LIST) {
			error(UserErrorCode.TOO_LONG, "These may have at most 20,000 characters, names included.", path,
					"overrideEmails");
			return List.of();
		}
		List<List<Typed>> typed = texts.stream().map(Addresses::read).toList();
		int number = typed.stream().mapToInt(List::size).sum();
		if (number > MOST_TYPED) {
			tooMany(number, path);
			return List.of();
		}
		for (int i = 0; i < typed.size(); i++) {
			checkAddresses(typed.get(i), path, Integer.toString(i));
		}
		List<String> addresses = Addresses
			.distinct(typed.stream().flatMap(List::stream).map(Typed::address).filter(Objects::nonNull).toList());
		if (addresses.size() > MOST_ADDRESSES) {
			tooMany(addresses.size(), path);
		}
		return addresses;
	}

	/** Places in a list that a person typed count from 1. */
	private void checkAddresses(List<Typed> typed, List<String> path, String index) {
		for (int i = 0; i < typed.size(); i++) {
			if (typed.get(i).address() == null) {
				String place = (typed.size() > 1) ? "Number " + (i + 1) + " of the list, " + shown(typed.get(i)) + ","
						: shown(typed.get(i));
				error(UserErrorCode.INVALID, place + " is not an e-mail address.", path, "overrideEmails", index);
			}
		}
	}

	private void tooMany(int number, List<String> path) {
		error(UserErrorCode.TOO_MANY,
				"A notification takes at most " + MOST_ADDRESSES + " addresses; these are " + number + ".", path,
				"overrideEmails");
	}

	/** Short, and without what cannot be seen. */
	private static String shown(Typed typed) {
		String text = typed.text().replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\ufffd");
		boolean isLong = text.codePointCount(0, text.length()) > LONGEST_SHOWN;
		return "\"" + (isLong ? text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…" : text) + "\"";
	}

	private void error(UserErrorCode code, String message, List<String> path, String... more) {
		List<String> field = new ArrayList<>(path);
		field.addAll(List.of(more));
		this.errors.add(new UserError(code, message, List.copyOf(field)));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> items(Map<String, Object> input) {
		List<Map<String, Object>> items = (List<Map<String, Object>>) input.get("globalNotifications");
		if (items != null && items.size() > MOST_TOGGLES) {
			throw Refusal.badInput("This takes at most " + MOST_TOGGLES + " items, not " + items.size() + ".", "input",
					"globalNotifications");
		}
		return (items != null) ? items : List.of();
	}

	@SuppressWarnings("unchecked")
	private static List<String> texts(Map<String, Object> input) {
		List<String> texts = (List<String>) input.get("overrideEmails");
		return (texts != null) ? texts : List.of();
	}

}
