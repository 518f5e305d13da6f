package dev.belfry.notifier;

/** What can be wrong with an alert; the schema describes each. */
public enum AlertTroubleKind {

	FAILS, TELLS_NOBODY, JOB_NEVER_SEEN, JOB_TOO_SELDOM

}
