package dev.belfry.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** JSON values by the seed, of every kind, and as nobody should send them. */
public final class RandomJson {

	private static final List<String> TEXTS = List.of("", " ", "US", "a\u0000b", "\ud800", "\udc00\ud800",
			"x".repeat(2_001), "2026-03-01T09:00:00Z", "2026-02-30T09:00:00Z", "'; drop table platform_event; --",
			"\u202e\u2028", "😀", "__proto__", "null", "1e5");

	private static final List<BigDecimal> NUMBERS = List.of(BigDecimal.ZERO, BigDecimal.ONE, new BigDecimal("-1.5"),
			new BigDecimal("1e400"), new BigDecimal("1e-400"), new BigDecimal("1e999999999"),
			new BigDecimal("9007199254740993"), new BigDecimal("0.1"), new BigDecimal("9".repeat(300)));

	private static final List<String> NAMES = List.of("order", "invoice", "product", "number", "total", "lines", "sku",
			"", "a.b", "\u0000", "x".repeat(500), "toString", "reseller", "email");

	private final Random random;

	public RandomJson(long seed) {
		this.random = new Random(seed);
	}

	/** Anything but null. */
	public Object value() {
		Object value = value(0);
		return (value != null) ? value : Map.of();
	}

	/** An object in which one value somewhere is another one, or the object as it is. */
	public Map<String, Object> spoil(Map<String, ?> object) {
		Map<String, Object> copy = new LinkedHashMap<>(object);
		String name = pick(new ArrayList<>(copy.keySet()));
		switch (this.random.nextInt(6)) {
			case 0 -> copy.put(name, value(1));
			case 1 -> copy.put(pick(NAMES), value(1));
			case 2 -> copy.remove(name);
			case 3 -> {
				// It stays as it is.
			}
			default -> copy.put(name, spoilInner(copy.get(name)));
		}
		return copy;
	}

	@SuppressWarnings("unchecked")
	private Object spoilInner(Object value) {
		return (value instanceof Map<?, ?> inner) ? spoil((Map<String, Object>) inner) : value(1);
	}

	private Object value(int depth) {
		return switch (this.random.nextInt((depth < 5) ? 7 : 4)) {
			case 0 -> null;
			case 1 -> this.random.nextBoolean();
			case 2 -> pick(TEXTS);
			case 3 -> pick(NUMBERS);
			case 4 -> IntStream.range(0, this.random.nextInt(4)).mapToObj((i) -> notNull(depth + 1)).toList();
			default -> object(depth + 1);
		};
	}

	private Object notNull(int depth) {
		Object value = value(depth);
		return (value != null) ? value : pick(TEXTS);
	}

	private Map<String, Object> object(int depth) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int i = this.random.nextInt(5); i > 0; i--) {
			object.put(pick(NAMES), value(depth));
		}
		return object;
	}

	private <T> T pick(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

}
