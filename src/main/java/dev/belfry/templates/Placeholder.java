package dev.belfry.templates;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Formats;

/**
 * What a template can say of an event, for those who write one.
 *
 * @param name what stands between the braces
 * @param example from the sample of the type, as an account reads it; empty for a list
 * @param items for a list: what its section can say of each item
 */
public record Placeholder(String name, String label, EventFieldType type, String example, List<Placeholder> items) {

	/** All that there are for an event type, in the order of its fields. */
	public static List<Placeholder> of(EventType type, Formats formats) {
		Reference currency = Reference.currencyOf(type);
		Object code = (currency != null) ? currency.in(type.sample()) : null;
		return of(type.fields(), type.sample(), (code != null) ? code.toString() : null, formats);
	}

	private static List<Placeholder> of(List<EventField> fields, Map<?, ?> sample, @Nullable String currency,
			Formats formats) {
		return fields.stream().map((field) -> of(field, sample, currency, formats)).toList();
	}

	private static Placeholder of(EventField field, Map<?, ?> sample, @Nullable String currency, Formats formats) {
		Object value = new Reference(field, 0).in(sample);
		String example = (value instanceof List<?>) ? "" : formats.value(field.type(), value, currency);
		return new Placeholder(field.path(), field.label(), field.type(), example,
				of(field.fields(), firstOf(value), currency, formats));
	}

	private static Map<?, ?> firstOf(@Nullable Object list) {
		return (list instanceof List<?> items && !items.isEmpty() && items.get(0) instanceof Map<?, ?> item) ? item
				: Map.of();
	}

}
