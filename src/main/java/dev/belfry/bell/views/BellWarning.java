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
				warning.reached()
						? "The daily cap of " + cap
								+ " e-mails (UTC) is reached. Further e-mails are sent from tomorrow on."
						: "80% of the daily cap of " + cap
								+ " e-mails (UTC) are used. E-mails above the cap are sent from tomorrow on.",
				warning.since());
	}

}
