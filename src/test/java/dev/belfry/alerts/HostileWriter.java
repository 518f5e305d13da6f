package dev.belfry.alerts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes inputs as JSON or as literals of GraphQL, which differ in names and enum values,
 * however deep they are and whatever their texts have.
 */
enum HostileWriter {

	JSON, GRAPHQL;

	private static final JsonMapper SINGLE = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	/** The fields of inputs whose values are enums. */
	private static final Set<String> ENUMS = Set.of("operator", "special");

	String write(Object value) {
		if (value instanceof Map<?, ?> object) {
			return object.entrySet()
				.stream()
				.map((field) -> field(String.valueOf(field.getKey()), field.getValue()))
				.collect(Collectors.joining(",", "{", "}"));
		}
		if (value instanceof List<?> list) {
			return list.stream().map(this::write).collect(Collectors.joining(",", "[", "]"));
		}
		return (value instanceof Variable variable) ? "$" + variable.name() : SINGLE.writeValueAsString(value);
	}

	private String field(String name, Object value) {
		if (this == JSON) {
			return SINGLE.writeValueAsString(name) + ":" + write(value);
		}
		return name + ":" + (ENUMS.contains(name) ? value : write(value));
	}

	/** A variable within a literal. */
	record Variable(String name) {
	}

}
