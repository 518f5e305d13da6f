package dev.belfry.settings;

import java.util.List;

/**
 * How one global notification is set.
 *
 * @param enabled whether it is sent
 * @param overrideEmails where it goes to instead of the default e-mail; empty for there
 */
public record Toggle(boolean enabled, List<String> overrideEmails) {

	/** How each is until somebody sets it. */
	public static final Toggle OFF = new Toggle(false, List.of());

	public Toggle {
		overrideEmails = List.copyOf(overrideEmails);
	}

}
