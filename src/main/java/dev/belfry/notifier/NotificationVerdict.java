package dev.belfry.notifier;

/** What was decided about a notification and an entry; the schema describes each. */
public enum NotificationVerdict {

	NOTIFIED, SWITCHED_OFF, NOT_CONCERNED, NOT_EVALUATED

}
