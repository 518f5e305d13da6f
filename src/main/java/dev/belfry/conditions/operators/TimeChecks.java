package dev.belfry.conditions.operators;

import java.time.Instant;

import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.Subject;
import dev.belfry.values.Rfc3339;

/** Questions about times. */
public final class TimeChecks {

	private TimeChecks() {
	}

	public static Check compared(ConditionOperator operator, TimeSpan span) {
		return switch (operator) {
			case EQUALS -> check((time, subject) -> span.includes(time, subject.zone()));
			case NOT_EQUALS -> compared(ConditionOperator.EQUALS, span).negated();
			case BEFORE -> check((time, subject) -> span.isAfter(time, subject.zone()));
			case AFTER -> check((time, subject) -> span.isBefore(time, subject.zone()));
			default -> throw new IllegalArgumentException(operator + " does not compare with a time.");
		};
	}

	public static Check between(TimeSpan first, TimeSpan last) {
		return check((time, subject) -> !first.isAfter(time, subject.zone()) && !last.isBefore(time, subject.zone()));
	}

	public static Check within(LookBack lookBack) {
		return check((time, subject) -> !time.isAfter(subject.recordedAt())
				&& !time.isBefore(lookBack.before(subject.recordedAt(), subject.zone())));
	}

	private static Check check(TimeQuestion question) {
		return (value, evaluation) -> question.ask(time(value), evaluation.subject());
	}

	public static Instant time(Object value) {
		Instant time = (value instanceof String text) ? Rfc3339.parse(text) : null;
		if (time == null) {
			throw new ConditionFailure("The event has a value here that is not a time.");
		}
		return time;
	}

	/** A question about a time of an event. */
	@FunctionalInterface
	private interface TimeQuestion {

		boolean ask(Instant time, Subject subject);

	}

}
