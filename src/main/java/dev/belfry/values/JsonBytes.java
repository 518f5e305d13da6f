package dev.belfry.values;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON text in UTF-8, as a parameter of a statement. The driver's own ways to send one
 * make a string of it first, or a {@code jsonb}, which costs PostgreSQL half as much
 * again to take apart.
 */
public final class JsonBytes {

	private static final JsonMapper COLUMNS = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private final byte[] utf8;

	/** Keeps the array itself. */
	public JsonBytes(byte[] utf8) {
		this.utf8 = utf8;
	}

	/** A value as the database takes it: fields are called as columns are. */
	public static byte[] columns(Object value) {
		return COLUMNS.writeValueAsBytes(value);
	}

	public byte[] utf8() {
		return this.utf8;
	}

	@Override
	public String toString() {
		return new String(this.utf8, StandardCharsets.UTF_8);
	}

}
