package dev.belfry.alerts;

import java.util.Map;

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

	private Inputs() {
	}

	/** The same for two inputs that say the same. */
	static String hash(Map<String, Object> input) {
		return Idempotency.hash(JSON.writeValueAsString(input));
	}

}
