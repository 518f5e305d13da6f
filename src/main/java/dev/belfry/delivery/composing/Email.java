package dev.belfry.delivery.composing;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.Cause;

/**
 * An e-mail to be queued.
 *
 * @param topicTitle the topic for people
 * @param alertVersion the version of the alert that caused it; null if none did
 * @param address one address, without a display name
 * @param cause the first entry that it is about
 * @param entries how many entries it is about
 * @param dueAt not sent before; null if it is due at once
 */
public record Email(Topic topic, String topicTitle, @Nullable Integer alertVersion, String address, MailContent content,
		Cause cause, int entries, @Nullable Instant dueAt) {
}
