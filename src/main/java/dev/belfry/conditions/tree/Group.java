package dev.belfry.conditions.tree;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.Evaluation;

/**
 * Parts that must all be true, or of which one must. A part that fails only counts if no
 * other decides, so their order does not matter.
 */
record Group(boolean every, List<Node> parts) implements Node {

	@Override
	public boolean holds(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		evaluation.charge(Evaluation.VISIT);
		ConditionFailure failure = null;
		for (Node part : this.parts) {
			try {
				if (part.holds(scope, evaluation) != this.every) {
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
		return this.every;
	}

	@Override
	public Explanation explain(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		return explain(this.every ? "All of these" : "Any of these", this.every,
				this.parts.stream().map((part) -> part.explain(scope, evaluation)).toList());
	}

	private static Explanation explain(String words, boolean every, List<Explanation> parts) {
		boolean decided = parts.stream().anyMatch((part) -> part.matched() != null && part.matched() != every);
		String failure = decided ? null
				: parts.stream().map(Explanation::failure).filter(Objects::nonNull).findFirst().orElse(null);
		Boolean matched = (failure == null) ? Boolean.valueOf(decided != every) : null;
		return new Explanation(words, matched, failure, null, parts);
	}

}
