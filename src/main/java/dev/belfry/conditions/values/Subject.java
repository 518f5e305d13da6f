package dev.belfry.conditions.values;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a condition looks at: an event.
 *
 * @param payload as {@link dev.belfry.events.log.PlatformEvent} has it
 * @param recordedAt from when "within the last" counts back
 * @param zone the account's, in which dates are meant
 */
public record Subject(Map<String, @Nullable Object> payload, Instant recordedAt, ZoneId zone) {
}
