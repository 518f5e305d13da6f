package dev.belfry.catalog.types;

/**
 * A notification with a fixed text that an account switches on or off.
 *
 * @param type the key by which programs know it
 * @param title for people
 * @param description when it is sent, for one who runs a shop
 * @param eventType what it listens to: the key of an event type, which for job
 * completions is {@code GlobalNotifications.JOB_COMPLETED}
 */
public record GlobalNotification(String type, String title, String description, Purpose purpose, String eventType) {

	/** What its e-mails can be switched off by. */
	public Topic topic() {
		return Topic.global(this.type);
	}

}
