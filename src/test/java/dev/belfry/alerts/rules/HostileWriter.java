package dev.belfry.alerts.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes inputs as JSON or as literals of GraphQL, which differ in names and enum values,
 * however deep they are and whatever their texts have. By loops: streams would need many
 * frames of the stack for each level.
 */
enum HostileWriter {

	JSON, GRAPHQL;

	private static final JsonMapper SINGLE = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	/** The fields of inputs whose values are enums. */
	private static final Set<String> ENUMS = Set.of("operator", "special");

	String write(Object value) {
		if (value instanceof Map<?, ?> object) {
			StringJoiner fields = new StringJoiner(",", "{", "}");
			for (Map.Entry<?, ?> field : object.entrySet()) {
				fields.add(field(String.valueOf(field.getKey()), field.getValue()));
			}
			return fields.toString();
		}
		if (value instanceof List<?> list) {
			StringJoiner items = new StringJoiner(",", "[", "]");
			for (Object item : list) {
				items.add(write(item));
			}
			return items.toString();
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
