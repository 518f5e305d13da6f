package dev.belfry.events.intake;

import java.time.Instant;
import java.util.Map;

import dev.belfry.values.JsonValues;

/**
 * An event as the platform publishes it.
 *
 * @param payload JSON in UTF-8, in the form in which equal payloads are equal bytes
 */
public record NewEvent(String eventId, String type, Instant occurredAt, byte[] payload) {

	/** How the ids of those begin that Belfry makes itself, and nobody publishes. */
	public static final String OWN = "overdue:";

	/** An event whose payload is known to be as its type asks for. */
	public static NewEvent of(String eventId, String type, Instant occurredAt, Map<String, ?> payload) {
		return new NewEvent(eventId, type, occurredAt, JsonValues.write(payload));
	}

}
