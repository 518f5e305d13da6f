package dev.belfry.conditions.tree;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.values.Evaluation;

/** A part that must not be true. */
record Negation(Node part) implements Node {

	@Override
	public boolean holds(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		evaluation.charge(Evaluation.VISIT);
		return !this.part.holds(scope, evaluation);
	}

	@Override
	public Explanation explain(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		Explanation explained = this.part.explain(scope, evaluation);
		Boolean matched = (explained.matched() != null) ? Boolean.valueOf(!explained.matched()) : null;
		return new Explanation("Not", matched, explained.failure(), null, List.of(explained));
	}

}
