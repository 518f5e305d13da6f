package dev.belfry.events.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;

import dev.belfry.store.Idempotency;
import dev.belfry.values.JsonBytes;

/**
 * An event as the database function takes it, with a hash of its input.
 *
 * @param json all of it but its place in a batch
 */
record PreparedEvent(byte[] json) {

	/**
	 * Raise it when the input is hashed otherwise: a hash of another version never
	 * equals.
	 */
	private static final String HASH_VERSION = "1:";

	static PreparedEvent of(NewEvent event) {
		String payload = new String(event.payload(), StandardCharsets.UTF_8);
		String hash = HASH_VERSION + Idempotency.hash(event.type(), event.occurredAt(), payload);
		return new PreparedEvent(
				JsonBytes.columns(new Item(event.eventId(), hash, event.type(), event.occurredAt(), payload)));
	}

	/** The SQL type {@code published_event}. */
	private record Item(String eventId, String inputHash, String type, Instant occurredAt,
			@JsonRawValue String payload) {
	}

}
