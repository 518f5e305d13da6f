package dev.belfry.conditions.values;

import java.util.HashMap;
import java.util.Map;

import dev.belfry.values.Steps;

/**
 * One look at one event, of at most {@link ConditionLimits#MAX_STEPS} steps. Not safe for
 * use by several threads.
 */
public final class Evaluation {

	/** What a look at one part of a condition costs, in steps. */
	public static final int VISIT = 3;

	private final Subject subject;

	/** Other texts than ASCII take long to bring into a form. */
	private final Map<Formed, Object> formed = new HashMap<>(0);

	private final Steps steps;

	private long left = ConditionLimits.MAX_STEPS;

	/**
	 * A look at an event.
	 * @param steps counts what it takes
	 */
	public Evaluation(Subject subject, Steps steps) {
		this.subject = subject;
		this.steps = steps;
	}

	public Subject subject() {
		return this.subject;
	}

	/**
	 * A value of the event in a form.
	 * @throws ConditionFailure if it is of another type, or there are no steps left
	 */
	public Object formed(ValueForm form, Object value) {
		if (value instanceof String text) {
			charge(text.length());
			return CaseFolding.isAscii(text) ? form.of(text)
					: this.formed.computeIfAbsent(new Formed(form, text), (any) -> form.of(text));
		}
		return form.of(value);
	}

	/** Takes steps; fails when there are none left. */
	public void charge(long steps) {
		this.left -= steps;
		this.steps.add(steps);
		if (this.left < 0) {
			throw tooLong();
		}
	}

	public boolean isExhausted() {
		return this.left < 0;
	}

	public static ConditionFailure tooLong() {
		return new ConditionFailure("This takes too long for this event.");
	}

	/** A text, and the form it is asked for in. */
	private record Formed(ValueForm form, String text) {
	}

}
