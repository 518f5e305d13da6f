package dev.belfry.accounts;

import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.belfry.platform.TextProblem;

/** What accounts and users are described with, apart from names. */
final class Texts {

	private static final int LONGEST_EMAIL = 254;

	private static final int LONGEST_LOCALE = 35;

	private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?";

	private static final Pattern EMAIL = Pattern
		.compile("[^\\s\\p{C}@<>()\\[\\],;:\"\\\\]{1,64}@" + LABEL + "(?:\\." + LABEL + ")+");

	private static final Set<String> TIME_ZONES = ZoneId.getAvailableZoneIds();

	private Texts() {
	}

	/** One address that mail can be sent to: no list, no display name, no line break. */
	static boolean isEmail(String text) {
		return text.length() <= LONGEST_EMAIL && TextProblem.isStorable(text) && EMAIL.matcher(text).matches();
	}

	static boolean isTimeZone(String text) {
		return TIME_ZONES.contains(text);
	}

	/** The language tag in its canonical form, or null if it is none. */
	static @Nullable String locale(String text) {
		if (text.length() > LONGEST_LOCALE) {
			return null;
		}
		try {
			Locale locale = new Locale.Builder().setLanguageTag(text).build();
			return locale.getLanguage().isEmpty() ? null : locale.toLanguageTag();
		}
		catch (IllformedLocaleException noTag) {
			return null;
		}
	}

}
