package dev.belfry.alerts;

import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.accounts.Idempotency;

/** Tells inputs of mutations from each other. */
final class Inputs {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	private Inputs() {
	}

	/** The same for two inputs that say the same. */
	static String hash(Map<String, Object> input) {
		return Idempotency.hash(JSON.writeValueAsString(input));
	}

}
