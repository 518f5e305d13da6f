package dev.belfry.alerts.trials;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.tree.Explanation;

/**
 * One line of what came of a condition: a part of it, for one event.
 *
 * @param depth how many parts it lies within; 0 for the condition itself
 * @param words the part as people read it, for example "Order total is at least 100"
 * @param matched whether it is true; null if it is not known
 * @param failure why the evaluation failed
 * @param seen what a test found in its field; null if that is absent. Of a list, how many
 * items it has
 */
public record ExplainedPart(int depth, String words, @Nullable Boolean matched, @Nullable String failure,
		@Nullable Object seen) {

	/** Each part before those within it. */
	static List<ExplainedPart> of(Explanation explanation) {
		List<ExplainedPart> parts = new ArrayList<>();
		add(0, explanation, parts);
		return List.copyOf(parts);
	}

	private static void add(int depth, Explanation part, List<ExplainedPart> parts) {
		parts.add(new ExplainedPart(depth, part.words(), part.matched(), part.failure(), part.seen()));
		part.parts().forEach((within) -> add(depth + 1, within, parts));
	}

}
