package dev.belfry.events.log;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;

/**
 * An event as it was logged. It never changes.
 *
 * @param type the key of its type
 * @param rulesVersion the version of the account's rules in force when it was committed
 * @param payload as {@link dev.belfry.values.JsonValues} has it
 */
public record PlatformEvent(long position, String eventId, String type, Instant occurredAt, Instant recordedAt,
		long rulesVersion, Map<String, @Nullable Object> payload) {

	/** It as an entry; position 0 if no log has it. */
	public Cause cause() {
		return new Cause(logOf(this.type), this.position);
	}

	/** The log that has the events of a type. */
	public static LogName logOf(String type) {
		return type.equals(EventTypes.JOB_COMPLETED.key()) ? LogName.JOBS : LogName.EVENTS;
	}

}
