package dev.belfry.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an account is told of by e-mail, and where.
 *
 * @param defaultEmail where notifications go to that have no addresses of their own
 * @param toggles those that differ from {@link Toggle#OFF}, by the type of the global
 * notification
 */
public record Settings(@Nullable String defaultEmail, Map<String, Toggle> toggles) {

	/** Everything is off until somebody switches it on. */
	public static final Settings NONE = new Settings(null, Map.of());

	public Settings {
		Map<String, Toggle> set = new HashMap<>(toggles);
		set.values().removeIf(Toggle.OFF::equals);
		toggles = Map.copyOf(set);
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
