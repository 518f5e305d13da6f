package dev.belfry.delivery.suppression;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Topic;

/**
 * An address that gets no e-mails.
 *
 * @param address null when it was erased
 * @param topic the only one that it does not get, null for all
 * @param topicTitle the topic for people, null for all
 */
public record Suppression(long suppressionId, @Nullable String address, @Nullable Topic topic,
		@Nullable String topicTitle, SuppressionOrigin origin, Instant createdAt) {
}
