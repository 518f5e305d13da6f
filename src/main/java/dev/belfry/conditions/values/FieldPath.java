package dev.belfry.conditions.values;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.values.JsonValues;

/** The path of a field in a payload or in an item of a list. */
public record FieldPath(List<String> names) {

	public static FieldPath of(String path) {
		return new FieldPath(List.of(path.split("\\.")));
	}

	/**
	 * What is there; null if nothing is, which a blank text and an empty list count as.
	 */
	public @Nullable Object in(Map<?, ? extends @Nullable Object> scope) {
		Object value = JsonValues.at(scope, this.names);
		return isNothing(value) ? null : value;
	}

	public static boolean isNothing(@Nullable Object value) {
		return value == null || (value instanceof String text && text.isBlank())
				|| (value instanceof List<?> list && list.isEmpty());
	}

}
