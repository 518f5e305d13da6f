package dev.belfry.bell.views;

/** What the owners of an account are warned of; the schema describes each. */
public enum BellWarningKind {

	DAILY_EMAIL_CAP_NEAR, DAILY_EMAIL_CAP_REACHED

}
