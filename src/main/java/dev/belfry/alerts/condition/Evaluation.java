package dev.belfry.alerts.condition;

import java.util.HashMap;
import java.util.Map;

/**
 * One look at one event, of at most {@link ConditionLimits#MAX_STEPS} steps. Not safe for
 * use by several threads.
 */
final class Evaluation {

	/** What a look at one part of a condition costs, in steps. */
	static final int VISIT = 3;

	private final Subject subject;

	/** Other texts than ASCII take long to bring into a form. */
	private final Map<Formed, Object> formed = new HashMap<>(0);

	private long left = ConditionLimits.MAX_STEPS;

	Evaluation(Subject subject) {
		this.subject = subject;
	}

	Subject subject() {
		return this.subject;
	}

	/**
	 * A value of the event in a form.
	 * @throws ConditionFailure if it is of another type, or there are no steps left
	 */
	Object formed(ValueForm form, Object value) {
		if (value instanceof String text) {
			charge(text.length());
			return CaseFolding.isAscii(text) ? form.of(text)
					: this.formed.computeIfAbsent(new Formed(form, text), (any) -> form.of(text));
		}
		return form.of(value);
	}

	/** Takes steps; fails when there are none left. */
	void charge(long steps) {
		this.left -= steps;
		if (this.left < 0) {
			throw tooLong();
		}
	}

	boolean isExhausted() {
		return this.left < 0;
	}

	static ConditionFailure tooLong() {
		return new ConditionFailure("This takes too long for this event.");
	}

	/** A text, and the form it is asked for in. */
	private record Formed(ValueForm form, String text) {
	}

}
