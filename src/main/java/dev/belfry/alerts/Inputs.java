package dev.belfry.alerts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.accounts.Idempotency;

/** Tells inputs of mutations from each other. */
final class Inputs {

	/** A document and the variable within it can be deep, each as deep as is allowed. */
	private static final int DEEPEST = 1_000;

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
			.build())
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	/** What a test is held against is any JSON, with its nulls as they are. */
	private static final String VALUE = "value";

	private Inputs() {
	}

	/** The same for two inputs that say the same. */
	static String hash(Map<String, Object> input) {
		return hash(input, Set.of());
	}

	/**
	 * Likewise.
	 * @param cleared the fields of which null says something else than that they are
	 * absent
	 */
	static String hash(Map<String, Object> input, Set<String> cleared) {
		Map<String, @Nullable Object> said = new HashMap<>();
		input.forEach((field, value) -> {
			if (value != null || cleared.contains(field)) {
				said.put(field, said(field, value));
			}
		});
		return Idempotency.hash(JSON.writeValueAsString(said));
	}

	private static @Nullable Object said(String field, @Nullable Object value) {
		if (field.equals(VALUE)) {
			return value;
		}
		if (value instanceof Map<?, ?> object) {
			Map<String, @Nullable Object> said = new HashMap<>();
			object.forEach((name, part) -> {
				if (part != null) {
					said.put((String) name, said((String) name, part));
				}
			});
			return said;
		}
		return (value instanceof List<?> list) ? list.stream().map((item) -> said(field, item)).toList() : value;
	}

}
