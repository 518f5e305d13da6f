package dev.belfry.conditions.operators;

import java.util.function.Predicate;

import dev.belfry.conditions.values.ValueForm;

/** Questions about parts of texts. */
public final class TextChecks {

	/**
	 * Characters of a text times those of a part that can be compared in the time of a
	 * step.
	 */
	private static final int COMPARED_IN_A_STEP = 256;

	private TextChecks() {
	}

	public static Check part(ConditionOperator operator, String part, boolean caseSensitive) {
		ValueForm form = caseSensitive ? ValueForm.TEXT : ValueForm.FOLDED_TEXT;
		String sought = (String) form.of(part);
		Predicate<String> check = switch (operator) {
			case CONTAINS -> (text) -> text.contains(sought);
			case STARTS_WITH -> (text) -> text.startsWith(sought);
			case ENDS_WITH -> (text) -> text.endsWith(sought);
			default -> throw new IllegalArgumentException(operator + " looks at no part.");
		};
		return (value, evaluation) -> {
			String text = (String) evaluation.formed(form, value);
			evaluation.charge(steps(text.length(), sought.length()));
			return check.test(text);
		};
	}

	/** What a look for a part in a text may take. */
	public static long steps(long textLength, long partLength) {
		return textLength * partLength / COMPARED_IN_A_STEP;
	}

	public static Check matches(SafePattern pattern) {
		return (value, evaluation) -> {
			String text = (String) evaluation.formed(ValueForm.TEXT, value);
			evaluation.charge(pattern.steps(text.length()));
			return pattern.isIn(text);
		};
	}

}
