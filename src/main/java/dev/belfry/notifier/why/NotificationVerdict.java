package dev.belfry.notifier.why;

/**
 * What was decided about a notification or an alert and an entry; the schema describes
 * each.
 */
public enum NotificationVerdict {

	NOTIFIED, NOBODY_TO_TELL, SWITCHED_OFF, NOT_CONCERNED, FAILED, NOT_EVALUATED

}
