package dev.belfry.notifier.entries;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import dev.belfry.events.log.PlatformEvent;
import dev.belfry.testing.Orders;

/** Imported orders: the sample of the catalogue with other values. */
public final class TestOrders {

	public static final String TYPE = Orders.TYPE;

	private TestOrders() {
	}

	/** The buyer is the one of the sample. */
	public static Map<String, Object> payload(String country, int total, int items) {
		return Orders.with("itemCount", BigDecimal.valueOf(items),
				Orders.of("A-1", country, BigDecimal.valueOf(total)));
	}

	/** Of this buyer. */
	public static Map<String, Object> boughtBy(String email, Map<String, Object> payload) {
		return Orders.boughtBy(email, payload);
	}

	public static Map<String, Object> ofNobody(Map<String, Object> payload) {
		return Orders.ofNobody(payload);
	}

	public static Entry entry(long position, Instant recordedAt, Map<String, Object> payload) {
		return new Entry.Event(
				new PlatformEvent(position, "event-" + position, TYPE, recordedAt, recordedAt, 1, payload));
	}

	public static Map<String, Object> test(String field, String operator, Object value) {
		return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
	}

}
