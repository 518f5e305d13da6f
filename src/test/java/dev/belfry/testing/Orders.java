package dev.belfry.testing;

import java.util.HashMap;
import java.util.Map;

import dev.belfry.catalog.commerce.EventTypes;

/** Payloads of imported orders: the sample of the catalogue with other values. */
public final class Orders {

	public static final String TYPE = "ORDER_IMPORTED";

	private Orders() {
	}

	public static Map<String, Object> of(String number, String country, Number total) {
		Map<String, Object> payload = new HashMap<>(EventTypes.named(TYPE).sample());
		Map<String, Object> order = within(payload, "order");
		within(order, "shipping").put("country", country);
		order.put("number", number);
		order.put("total", total);
		return payload;
	}

	/** The same with another value in the order. */
	public static Map<String, Object> with(String field, Object value, Map<String, Object> payload) {
		within(payload, "order").put(field, value);
		return payload;
	}

	/** The same, of this buyer. */
	public static Map<String, Object> boughtBy(String email, Map<String, Object> payload) {
		within(payload, "b2bUser").put("email", email);
		return payload;
	}

	/** The same, of a buyer whom nobody knows. */
	public static Map<String, Object> ofNobody(Map<String, Object> payload) {
		payload.remove("b2bUser");
		return payload;
	}

	/** An object of the payload, which may be changed. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> within(Map<String, Object> object, String name) {
		Map<String, Object> inner = new HashMap<>((Map<String, Object>) object.get(name));
		object.put(name, inner);
		return inner;
	}

}
