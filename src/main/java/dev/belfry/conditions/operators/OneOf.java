package dev.belfry.conditions.operators;

import java.util.Set;

import dev.belfry.conditions.values.Evaluation;
import dev.belfry.conditions.values.ValueForm;

/**
 * Whether a value is one of some.
 *
 * @param values in the form
 */
public record OneOf(ValueForm form, Set<Object> values) implements Check {

	@Override
	public boolean holds(Object value, Evaluation evaluation) {
		return this.values.contains(evaluation.formed(this.form, value));
	}

}
