package dev.belfry.alerts.recipients;

/** How a recipient is named; the schema describes each. */
public enum RecipientKind {

	EMAIL, PERSONA, USER, DEFAULT_EMAIL, LIST

}
