package dev.belfry.conditions.tree;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventType;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;

/**
 * What reading a condition came to.
 *
 * @param condition null if there are errors
 */
public record ConditionReading(@Nullable Condition condition, List<UserError> errors) {

	public static ConditionReading of(EventType type, Map<String, ? extends @Nullable Object> input, String... path) {
		InputErrors errors = new InputErrors();
		Condition condition = Condition.read(type, input, errors.at(List.of(path)));
		return new ConditionReading(condition, errors.list());
	}

}
