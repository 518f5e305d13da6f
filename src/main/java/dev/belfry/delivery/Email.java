package dev.belfry.delivery;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An e-mail to be queued.
 *
 * @param topic what it is sent for and can be switched off for, for example
 * {@code GLOBAL:ORDER_ON_HOLD}
 * @param topicTitle the topic for people
 * @param alertVersion the version of the alert that caused it; null if none did
 * @param address one address, without a display name
 * @param causePosition the position, in its log, of the first entry that it tells about;
 * 0 if no log has what it tells about
 * @param entries how many entries it tells about
 * @param dueAt not sent before; null if it is due at once
 */
public record Email(String topic, String topicTitle, @Nullable Integer alertVersion, String address,
		MailContent content, CauseLog causeLog, long causePosition, int entries, @Nullable Instant dueAt) {
}
