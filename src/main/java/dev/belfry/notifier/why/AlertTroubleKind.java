package dev.belfry.notifier.why;

/** What can be wrong with an alert; the schema describes each. */
public enum AlertTroubleKind {

	FAILS, TELLS_NOBODY, MAILS_SUPPRESSED, MAILS_FAIL, OVER_DAILY_CAP, JOB_NEVER_SEEN, JOB_TOO_SELDOM

}
