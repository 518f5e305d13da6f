package dev.belfry.notifier;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.belfry.catalog.EventTypes;
import dev.belfry.events.PlatformEvent;

/** Imported orders: the sample of the catalogue with other values. */
final class TestOrders {

	static final String TYPE = "ORDER_IMPORTED";

	private TestOrders() {
	}

	/** The buyer is the one of the sample. */
	static Map<String, Object> payload(String country, int total, int items) {
		Map<String, Object> payload = new HashMap<>(EventTypes.named(TYPE).sample());
		Map<String, Object> order = within(payload, "order");
		within(order, "shipping").put("country", country);
		order.put("total", BigDecimal.valueOf(total));
		order.put("itemCount", BigDecimal.valueOf(items));
		return payload;
	}

	/** Of this buyer. */
	static Map<String, Object> boughtBy(String email, Map<String, Object> payload) {
		within(payload, "b2bUser").put("email", email);
		return payload;
	}

	static Map<String, Object> ofNobody(Map<String, Object> payload) {
		payload.remove("b2bUser");
		return payload;
	}

	static Entry entry(long position, Instant recordedAt, Map<String, Object> payload) {
		return new Entry.Event(
				new PlatformEvent(position, "event-" + position, TYPE, recordedAt, recordedAt, 1, payload));
	}

	static Map<String, Object> test(String field, String operator, Object value) {
		return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> within(Map<String, Object> object, String name) {
		Map<String, Object> inner = new HashMap<>((Map<String, Object>) object.get(name));
		object.put(name, inner);
		return inner;
	}

}
