package dev.belfry.events;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An event as it was logged. It never changes.
 *
 * @param type the key of its type
 * @param rulesVersion the version of the account's rules in force when it was committed
 * @param payload as {@link dev.belfry.platform.JsonValues} has it
 */
public record PlatformEvent(long position, String eventId, String type, Instant occurredAt, Instant recordedAt,
		long rulesVersion, Map<String, @Nullable Object> payload) {
}
