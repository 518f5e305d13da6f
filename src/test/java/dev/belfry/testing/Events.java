package dev.belfry.testing;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.belfry.catalog.commerce.EventTypes;

/** Events as a platform publishes them. */
public final class Events {

	private Events() {
	}

	/** So many plain ones. */
	public static List<Map<String, Object>> of(int number) {
		return IntStream.range(0, number).mapToObj((i) -> one()).toList();
	}

	public static Map<String, Object> one() {
		return one("event-" + UUID.randomUUID());
	}

	public static Map<String, Object> one(String eventId) {
		return one(eventId, "ORDER_IMPORTED");
	}

	/** With the sample of its type as its payload. */
	public static Map<String, Object> one(String eventId, String type) {
		return one(eventId, type, EventTypes.named(type).sample());
	}

	public static Map<String, Object> one(String eventId, String type, Object payload) {
		return Map.of("eventId", eventId, "type", type, "occurredAt", "2026-03-01T09:00:00Z", "payload", payload);
	}

}
