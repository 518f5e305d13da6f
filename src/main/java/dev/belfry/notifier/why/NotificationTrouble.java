package dev.belfry.notifier.why;

import java.time.Instant;

import dev.belfry.delivery.history.MailTrouble;

/** Something that makes a global notification useless, as the schema shows it. */
record NotificationTrouble(NotificationTroubleKind kind, Instant since, String message) {

	/** It is on, and goes to nowhere since the settings were changed last. */
	static NotificationTrouble withoutAddress(Instant since) {
		return new NotificationTrouble(NotificationTroubleKind.NO_ADDRESS, since,
				"It has no address: neither override e-mails nor a default e-mail.");
	}

	/** What is wrong with its e-mails. */
	static NotificationTrouble of(MailTrouble trouble) {
		NotificationTroubleKind kind = switch (trouble.kind()) {
			case SUPPRESSED -> NotificationTroubleKind.MAILS_SUPPRESSED;
			case FAILING -> NotificationTroubleKind.MAILS_FAIL;
			case OVER_CAP -> NotificationTroubleKind.OVER_DAILY_CAP;
		};
		return new NotificationTrouble(kind, trouble.since(), trouble.message());
	}

}
