package dev.belfry.conditions.operators;

import java.math.BigDecimal;
import java.util.function.IntPredicate;

import dev.belfry.conditions.values.ValueForm;

/** Questions about the size of numbers. */
public final class NumberChecks {

	private NumberChecks() {
	}

	public static Check compared(ConditionOperator operator, BigDecimal limit) {
		IntPredicate check = switch (operator) {
			case GREATER -> (order) -> order > 0;
			case GREATER_OR_EQUAL -> (order) -> order >= 0;
			case LESS -> (order) -> order < 0;
			case LESS_OR_EQUAL -> (order) -> order <= 0;
			default -> throw new IllegalArgumentException(operator + " does not compare.");
		};
		return (value, evaluation) -> check.test(ValueForm.number(value).compareTo(limit));
	}

	public static Check between(BigDecimal low, BigDecimal high) {
		return (value, evaluation) -> {
			BigDecimal number = ValueForm.number(value);
			return number.compareTo(low) >= 0 && number.compareTo(high) <= 0;
		};
	}

}
