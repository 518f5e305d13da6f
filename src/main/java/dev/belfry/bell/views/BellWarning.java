package dev.belfry.bell.views;

import java.time.Instant;
import java.util.Locale;

import dev.belfry.delivery.caps.CapWarning;

/** Something that the owners of an account should know, as the schema shows it. */
record BellWarning(BellWarningKind kind, String message, Instant since) {

	static BellWarning of(CapWarning warning) {
		String cap = String.format(Locale.ENGLISH, "%,d", warning.cap());
		return new BellWarning(
				warning.reached() ? BellWarningKind.DAILY_EMAIL_CAP_REACHED : BellWarningKind.DAILY_EMAIL_CAP_NEAR,
				warning.reached() ? "The " + cap
						+ " e-mails that the account may send today (UTC) are used. More go out from tomorrow on."
						: "Four fifths of the " + cap
								+ " e-mails that the account may send today (UTC) are used. What is above goes out from tomorrow on.",
				warning.since());
	}

}
