package dev.belfry.conditions.tree;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.values.ConditionFailure;

/**
 * What came of one part of a condition for one event, and of the parts within it.
 *
 * @param words the part as people read it, for example "Order total is at least 100"
 * @param matched whether it is true; null if it is not known
 * @param failure why the evaluation failed
 * @param seen what a test found in its field; null if that is absent. Of a list, how many
 * items it has.
 * @param parts of a test over the items of a list: one for each of the first items
 */
public record Explanation(String words, @Nullable Boolean matched, @Nullable String failure, @Nullable Object seen,
		List<Explanation> parts) {

	static Explanation of(String words, boolean matched, @Nullable Object seen) {
		return new Explanation(words, matched, null, seen, List.of());
	}

	static Explanation failed(String words, ConditionFailure failure, @Nullable Object seen) {
		return new Explanation(words, null, failure.reason(), seen, List.of());
	}

	Explanation with(List<Explanation> parts) {
		return new Explanation(this.words, this.matched, this.failure, this.seen, List.copyOf(parts));
	}

}
