package dev.belfry.alerts.condition;

import java.util.Set;

/**
 * Whether a value is one of some.
 *
 * @param values in the form
 */
record OneOf(ValueForm form, Set<Object> values) implements Check {

	@Override
	public boolean holds(Object value, Evaluation evaluation) {
		return this.values.contains(evaluation.formed(this.form, value));
	}

}
