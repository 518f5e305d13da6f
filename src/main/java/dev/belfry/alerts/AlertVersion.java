package dev.belfry.alerts;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.Author;

/**
 * An alert as it was, or is, in force.
 *
 * @param version 1, 2, 3 … without holes
 * @param rulesVersion entries of the account's logs that carry this number or a higher
 * one were committed after the change
 * @param deleted whether this is the version by which the alert ended
 * @param createdAt when its first version was made
 */
public record AlertVersion(long alertId, int version, long rulesVersion, Alert alert, boolean deleted,
		Instant createdAt, Instant changedAt, Author author) {

	private static final String TOPIC = "ALERT:";

	/** What an alert would be that nobody has made: it has no number and no author. */
	static AlertVersion ofDraft(Alert draft) {
		return new AlertVersion(0, 0, 0, draft, false, Instant.EPOCH, Instant.EPOCH, new Author(null, ""));
	}

	/** What its e-mails are sent for and can be switched off for. */
	public String topic() {
		return topic(this.alertId);
	}

	public static String topic(long alertId) {
		return TOPIC + alertId;
	}

	/** The number of the alert with this topic; null if it is of no alert. */
	public static @Nullable Long alertOf(String topic) {
		return topic.startsWith(TOPIC) ? Long.valueOf(topic.substring(TOPIC.length())) : null;
	}

	/** Whether it tells of events. */
	public boolean isOn() {
		return this.alert.enabled() && !this.deleted;
	}

}
