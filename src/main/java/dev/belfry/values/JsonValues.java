package dev.belfry.values;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON values as plain Java: maps, lists, texts, booleans, null, and for every number a
 * {@link BigDecimal}, which alone says what the text said. None of them can be changed.
 */
public final class JsonValues {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT = new TypeReference<>() {
	};

	private JsonValues() {
	}

	/**
	 * The value with its numbers and collections in their one form. Fails with an
	 * {@link IllegalArgumentException} for what JSON does not have.
	 */
	public static @Nullable Object of(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			return object(object);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> items = new ArrayList<>(list.size());
			list.forEach((item) -> items.add(of(item)));
			return Collections.unmodifiableList(items);
		}
		if (value == null || value instanceof String || value instanceof Boolean || value instanceof BigDecimal) {
			return value;
		}
		if (value instanceof Number number) {
			return new BigDecimal(number.toString());
		}
		throw new IllegalArgumentException("JSON has no " + value.getClass().getSimpleName() + ".");
	}

	/**
	 * What stands at a path of names, for example {@code order.total}; null if nothing.
	 */
	public static @Nullable Object at(Map<?, ? extends @Nullable Object> object, String path) {
		return at(object, List.of(path.split("\\.")));
	}

	/** What stands at a path of names; null if nothing does. */
	public static @Nullable Object at(Map<?, ? extends @Nullable Object> object, List<String> path) {
		Object value = object;
		for (int i = 0; i < path.size(); i++) {
			value = (value instanceof Map<?, ?> within) ? within.get(path.get(i)) : null;
		}
		return value;
	}

	private static Map<String, @Nullable Object> object(Map<?, ?> object) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		object.forEach((name, value) -> fields.put(String.valueOf(name), of(value)));
		return Collections.unmodifiableMap(fields);
	}

	/** Reads a JSON object. */
	public static Map<String, @Nullable Object> readObject(byte[] json) {
		return object(JSON.readValue(json, OBJECT));
	}

	/** Reads a JSON object. */
	public static Map<String, @Nullable Object> readObject(String json) {
		return object(JSON.readValue(json, OBJECT));
	}

	/**
	 * Writes a value in UTF-8, names in the order of their characters and numbers without
	 * exponents: the same value gives the same bytes, if its numbers have no zeros at
	 * their ends.
	 */
	public static byte[] write(Object value) {
		return JSON.writeValueAsBytes(value);
	}

}
