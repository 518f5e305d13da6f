package dev.belfry.accounts.upserts;

import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What accounts and users are described with, apart from names. */
final class LocaleAndZone {

	private static final int LONGEST_LOCALE = 35;

	private static final Set<String> TIME_ZONES = ZoneId.getAvailableZoneIds();

	private LocaleAndZone() {
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
