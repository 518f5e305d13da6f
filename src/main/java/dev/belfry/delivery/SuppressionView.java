package dev.belfry.delivery;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/** A suppression as the schema shows it. */
record SuppressionView(String id, @Nullable String address, @Nullable String topic, @Nullable String topicTitle,
		SuppressionOrigin origin, OffsetDateTime createdAt) {
}
