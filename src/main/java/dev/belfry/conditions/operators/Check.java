package dev.belfry.conditions.operators;

import dev.belfry.conditions.values.Evaluation;

/** What a test asks of a value. */
@FunctionalInterface
public interface Check {

	/**
	 * Whether the value is as asked.
	 * @throws ConditionFailure if it is of another type than its field
	 */
	boolean holds(Object value, Evaluation evaluation);

	default Check negated() {
		return (value, evaluation) -> !holds(value, evaluation);
	}

}
