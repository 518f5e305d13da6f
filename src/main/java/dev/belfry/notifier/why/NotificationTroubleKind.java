package dev.belfry.notifier.why;

/** What can be wrong with a global notification; the schema describes each. */
public enum NotificationTroubleKind {

	NO_ADDRESS, MAILS_SUPPRESSED, MAILS_FAIL, OVER_DAILY_CAP

}
