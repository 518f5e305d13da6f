package dev.belfry.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.EmailAddress;

/**
 * Which notifications an account gets by e-mail, and at which addresses.
 *
 * @param defaultEmail where notifications go to that have no addresses of their own
 * @param toggles those that differ from {@link Toggle#OFF}, by the type of the global
 * notification
 */
public record Settings(@Nullable String defaultEmail, Map<String, Toggle> toggles) {

	/** Everything is off at first. */
	public static final Settings NONE = new Settings(null, Map.of());

	public Settings {
		Map<String, Toggle> set = new HashMap<>(toggles);
		set.values().removeIf(Toggle.OFF::equals);
		toggles = Map.copyOf(set);
	}

	/**
	 * Without an address, wherever it stands. What is on stays on, even if it goes to
	 * nowhere then.
	 */
	Settings without(String address) {
		Map<String, Toggle> toggles = new HashMap<>();
		this.toggles.forEach((type, toggle) -> toggles.put(type, new Toggle(toggle.enabled(),
				toggle.overrideEmails().stream().filter((email) -> !isSame(email, address)).toList())));
		boolean keeps = this.defaultEmail != null && !isSame(this.defaultEmail, address);
		return new Settings(keeps ? this.defaultEmail : null, toggles);
	}

	private static boolean isSame(String one, String other) {
		return EmailAddress.key(one).equals(EmailAddress.key(other));
	}

	public Toggle toggle(String type) {
		return this.toggles.getOrDefault(type, Toggle.OFF);
	}

	public boolean enabled(String type) {
		return toggle(type).enabled();
	}

	/**
	 * Where a notification goes to when it is on: its own addresses, or else the default
	 * e-mail, or else nowhere.
	 */
	public List<String> addresses(String type) {
		List<String> own = toggle(type).overrideEmails();
		if (!own.isEmpty()) {
			return own;
		}
		return (this.defaultEmail != null) ? List.of(this.defaultEmail) : List.of();
	}

}
