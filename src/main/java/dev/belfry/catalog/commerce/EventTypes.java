package dev.belfry.catalog.commerce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventType;

/** The types of events that Belfry knows. */
public final class EventTypes {

	/** The type that a job completion counts as. */
	public static final EventType JOB_COMPLETED = JobEvents.COMPLETED;

	/** The type of the events about overdue jobs. */
	public static final EventType JOB_OVERDUE = JobEvents.OVERDUE;

	private static final Map<String, EventType> KNOWN = byKey(OrderEvents.IMPORTED, OrderEvents.HELD,
			OrderEvents.ROUTED, FulfillmentEvents.REQUEST_SENT, FulfillmentEvents.REQUEST_REJECTED,
			FulfillmentEvents.SHIPMENT_RECEIVED, InvoiceEvents.IMPORTED, InvoiceEvents.COST_OF_GOODS_MISMATCH,
			ProductEvents.INVENTORY_IMPORTED, ProductEvents.PRICE_UPDATED, ProductEvents.QUANTITY_UPDATED,
			ResellerEvents.SIGNED_UP, JOB_COMPLETED, JOB_OVERDUE);

	private EventTypes() {
	}

	/** All of them, in the order in which people read them. */
	public static List<EventType> all() {
		return List.copyOf(KNOWN.values());
	}

	/** The type with this key, or null. */
	public static @Nullable EventType find(String key) {
		return KNOWN.get(key);
	}

	/**
	 * The type with this key; one that a later version of Belfry has recorded is known by
	 * its name alone.
	 */
	public static EventType named(String key) {
		EventType known = KNOWN.get(key);
		return (known != null) ? known : new EventType(key, Operations.named(key).name(),
				"This version of Belfry does not know it.", false, List.of(), List.of(), Map.of());
	}

	private static Map<String, EventType> byKey(EventType... types) {
		Map<String, EventType> byKey = new LinkedHashMap<>();
		for (EventType type : types) {
			byKey.put(type.key(), type);
		}
		return Collections.unmodifiableMap(byKey);
	}

}
