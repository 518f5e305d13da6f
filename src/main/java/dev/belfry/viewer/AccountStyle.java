package dev.belfry.viewer;

import java.time.ZoneId;
import java.util.Locale;

/** How an account is called, and how it reads numbers and times. */
public record AccountStyle(String name, ZoneId zone, Locale locale) {

	public static AccountStyle of(Account account) {
		return new AccountStyle(account.name(), ZoneId.of(account.timeZone()), Locale.forLanguageTag(account.locale()));
	}

}
