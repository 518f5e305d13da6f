package dev.belfry.catalog.types;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.values.JsonValues;

/**
 * A type of event: the fields of its payload, and its personas.
 *
 * @param publishable whether the platform publishes it; if not, Belfry makes it of its
 * own logs
 * @param sample a payload as it could come
 */
public record EventType(String key, String title, String description, boolean publishable, List<EventField> fields,
		List<EventPersona> personas, Map<String, @Nullable Object> sample) {

	/** One that the platform publishes. */
	public static EventType published(String key, String title, String description, List<EventField> fields,
			List<EventPersona> personas, String sample) {
		return new EventType(key, title, description, true, fields, personas, JsonValues.readObject(sample));
	}

	/**
	 * The path of the field that says in which currency all amounts are, if there are
	 * any.
	 */
	public @Nullable String currencyField() {
		return this.fields.stream()
			.map(EventField::path)
			.filter((path) -> path.endsWith(".currency"))
			.findFirst()
			.orElse(null);
	}

}
