package dev.belfry.embedded.demo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.events.intake.NewEvent;

/**
 * An event of the demo: an order, or the sample of another type, with numbers of its own.
 */
final class DemoEvent {

	private static final List<EventType> TYPES = EventTypes.all()
		.stream()
		.filter(EventType::publishable)
		.filter((type) -> type != DemoOrder.IMPORTED)
		.toList();

	private DemoEvent() {
	}

	/** Every other one is an order. */
	static NewEvent any(DemoAccount account, Instant now, RandomGenerator random) {
		String id = "live-" + UUID.randomUUID();
		if (random.nextBoolean()) {
			return new DemoOrder(account, random.nextLong()).importedAt(id, now);
		}
		EventType type = TYPES.get(random.nextInt(TYPES.size()));
		return NewEvent.of(id, type.key(), now, numbered(type.sample(), random));
	}

	/**
	 * What is known by a number gets another one: {@code INV-55810} becomes
	 * {@code INV-48213}.
	 */
	private static Map<String, Object> numbered(Map<?, ?> object, RandomGenerator random) {
		Map<String, Object> fields = new LinkedHashMap<>();
		object.forEach((name, value) -> {
			Object numbered = name.equals("number") ? numbered(String.valueOf(value), random) : copy(value, random);
			if (numbered != null) {
				fields.put(String.valueOf(name), numbered);
			}
		});
		return fields;
	}

	private static @Nullable Object copy(@Nullable Object value, RandomGenerator random) {
		return (value instanceof Map<?, ?> object) ? numbered(object, random) : value;
	}

	private static String numbered(String number, RandomGenerator random) {
		return number.replaceAll("\\d+$", Integer.toString(random.nextInt(10_000, 100_000)));
	}

}
