package dev.belfry.templates;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;
import dev.belfry.values.JsonValues;

/**
 * A field that a template names.
 *
 * @param level whose field it is: 0 for the event's, 1 for the items' of the list whose
 * section is around it, and so on
 * @param names the names of its path
 */
record Reference(EventField field, int level, List<String> names) {

	Reference(EventField field, int level) {
		this(field, level, List.of(field.path().split("\\.")));
	}

	/**
	 * The field that says in which currency the amounts of an event are, if there is one.
	 */
	static @Nullable Reference currencyOf(EventType type) {
		String path = type.currencyField();
		return (path != null) ? Scope.of(type).find(path) : null;
	}

	boolean isList() {
		return this.field.type() == EventFieldType.LIST;
	}

	/** Its value, or null if there is none of its kind. */
	@Nullable Object in(Map<?, ?> owner) {
		Object value = JsonValues.at(owner, this.names);
		boolean single = value instanceof String || value instanceof BigDecimal || value instanceof Boolean;
		return (isList() ? value instanceof List<?> : single) ? value : null;
	}

}
