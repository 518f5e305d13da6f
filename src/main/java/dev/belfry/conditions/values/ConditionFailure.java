package dev.belfry.conditions.values;

/**
 * An event whose data makes a condition fail, or take too many steps. The message is for
 * the person who wrote the condition.
 */
public final class ConditionFailure extends RuntimeException {

	public ConditionFailure(String message) {
		super(message, null, false, false);
	}

	/** The message. */
	public String reason() {
		return String.valueOf(getMessage());
	}

}
