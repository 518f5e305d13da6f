package dev.belfry.conditions.tree;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.operators.Check;
import dev.belfry.conditions.operators.ConditionOperator;
import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.Evaluation;
import dev.belfry.conditions.values.FieldPath;

/**
 * A look at one field.
 *
 * @param words the test as people read it
 */
record FieldTest(FieldPath path, ConditionOperator operator, Check check, String words) implements Node {

	@Override
	public boolean holds(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		evaluation.charge(Evaluation.VISIT);
		Object value = this.path.in(scope);
		return (value != null) ? this.check.holds(value, evaluation) : this.operator.isTrueOfNothing();
	}

	@Override
	public Explanation explain(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		Object value = this.path.in(scope);
		Object seen = (value instanceof List<?> list) ? BigDecimal.valueOf(list.size()) : value;
		try {
			return Explanation.of(this.words, holds(scope, evaluation), seen);
		}
		catch (ConditionFailure failure) {
			return Explanation.failed(this.words, failure, seen);
		}
	}

}
