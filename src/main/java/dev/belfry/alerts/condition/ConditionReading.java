package dev.belfry.alerts.condition;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.platform.UserError;

/**
 * What reading a condition came to.
 *
 * @param condition null if there are errors
 * @param errors all that is wrong with it, each with the path of the value at fault
 */
public record ConditionReading(@Nullable Condition condition, List<UserError> errors) {
}
