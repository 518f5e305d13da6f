package dev.belfry.conditions.tree;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.Evaluation;
import dev.belfry.conditions.values.FieldPath;

/**
 * A look at the items of a list, of which all must be as asked, or one. Of a list that is
 * absent both are false: an alert about lines must not fire for an event that has none.
 *
 * @param label the list's name
 */
record ItemsTest(boolean every, FieldPath path, String label, Node where) implements Node {

	private static final int MOST_EXPLAINED = 10;

	@Override
	public boolean holds(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		evaluation.charge(Evaluation.VISIT);
		List<?> items = items(scope);
		ConditionFailure failure = null;
		for (Object item : items) {
			try {
				if (this.where.holds(object(item), evaluation) != this.every) {
					return !this.every;
				}
			}
			catch (ConditionFailure failed) {
				failure = failed;
				if (evaluation.isExhausted()) {
					break;
				}
			}
		}
		if (failure != null) {
			throw failure;
		}
		return this.every && !items.isEmpty();
	}

	private List<?> items(Map<?, ? extends @Nullable Object> scope) {
		Object value = this.path.in(scope);
		if (value == null) {
			return List.of();
		}
		if (value instanceof List<?> items) {
			return items;
		}
		throw new ConditionFailure(this.label + " is not a list in this event.");
	}

	private Map<?, ?> object(@Nullable Object item) {
		if (item instanceof Map<?, ?> object) {
			return object;
		}
		throw new ConditionFailure(this.label + " has an item that is not an object in this event.");
	}

	@Override
	public Explanation explain(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		String words = (this.every ? "All items of " : "Any item of ") + this.label;
		try {
			List<?> items = items(scope);
			return Explanation.of(words, holds(scope, evaluation), BigDecimal.valueOf(items.size()))
				.with(first(items, evaluation));
		}
		catch (ConditionFailure failure) {
			return Explanation.failed(words, failure, null);
		}
	}

	private List<Explanation> first(List<?> items, Evaluation evaluation) {
		List<Explanation> explained = new ArrayList<>();
		for (int i = 0; i < Math.min(items.size(), MOST_EXPLAINED); i++) {
			if (items.get(i) instanceof Map<?, ?> item) {
				explained.add(this.where.explain(item, evaluation));
			}
		}
		return explained;
	}

}
