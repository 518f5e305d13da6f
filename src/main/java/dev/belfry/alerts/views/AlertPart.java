package dev.belfry.alerts.views;

/** What can be different between two versions of an alert; the schema describes each. */
public enum AlertPart {

	NAME, EVENT_TYPE, ENABLED, CONDITION, WATCH, SUBJECT, BODY, RECIPIENTS

}
