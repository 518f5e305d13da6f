package dev.belfry.alerts.condition;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventType;
import dev.belfry.platform.InputErrors;
import dev.belfry.platform.UserError;

/**
 * What reading a condition came to.
 *
 * @param condition null if there are errors
 */
record ConditionReading(@Nullable Condition condition, List<UserError> errors) {

	static ConditionReading of(EventType type, Map<String, ? extends @Nullable Object> input, String... path) {
		InputErrors errors = new InputErrors();
		Condition condition = Condition.read(type, input, errors.at(List.of(path)));
		return new ConditionReading(condition, errors.list());
	}

}
