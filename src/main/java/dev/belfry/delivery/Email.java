package dev.belfry.delivery;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.Cause;
import dev.belfry.catalog.Topic;

/**
 * An e-mail to be queued.
 *
 * @param topicTitle the topic for people
 * @param alertVersion the version of the alert that caused it; null if none did
 * @param address one address, without a display name
 * @param cause the first entry that it tells about
 * @param entries how many entries it tells about
 * @param dueAt not sent before; null if it is due at once
 */
public record Email(Topic topic, String topicTitle, @Nullable Integer alertVersion, String address, MailContent content,
		Cause cause, int entries, @Nullable Instant dueAt) {
}
