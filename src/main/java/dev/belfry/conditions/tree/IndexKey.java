package dev.belfry.conditions.tree;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.operators.OneOf;
import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.FieldPath;
import dev.belfry.conditions.values.ValueForm;

/**
 * A field that must have one of some values for a condition to be true.
 *
 * @param values in the form
 */
record IndexKey(FieldPath path, ValueForm form, Set<Object> values) {

	/** The first that a part of a condition has; null if it has none. */
	static @Nullable IndexKey of(Node node) {
		if (node instanceof FieldTest test && test.check() instanceof OneOf oneOf) {
			return new IndexKey(test.path(), oneOf.form(), oneOf.values());
		}
		if (node instanceof Group group && (group.every() || group.parts().size() == 1)) {
			return group.parts().stream().map(IndexKey::of).filter(Objects::nonNull).findFirst().orElse(null);
		}
		return null;
	}

	boolean excludes(Map<?, ? extends @Nullable Object> payload) {
		Object value = this.path.in(payload);
		try {
			return value == null || !this.values.contains(this.form.of(value));
		}
		catch (ConditionFailure ofAnotherType) {
			return false;
		}
	}

}
