package dev.belfry.conditions.tree;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.values.Evaluation;

/**
 * A part of a condition.
 */
sealed interface Node permits Group, Negation, ItemsTest, FieldTest, CelExpression {

	/**
	 * Whether it is true.
	 * @param scope the payload, or an item of a list
	 * @throws ConditionFailure if the evaluation fails
	 */
	boolean holds(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation);

	/** The same with reasons. Never fails. */
	Explanation explain(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation);

}
