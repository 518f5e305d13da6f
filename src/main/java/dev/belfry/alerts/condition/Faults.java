package dev.belfry.alerts.condition;

import java.util.ArrayList;
import java.util.List;

import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

/**
 * What is wrong with a condition: the first faults in words, the others by their number.
 */
final class Faults {

	private final Place condition;

	private final List<UserError> first = new ArrayList<>();

	private int more;

	Faults(Place condition) {
		this.condition = condition;
	}

	void add(UserErrorCode code, Place place, String message) {
		if (this.first.size() < ConditionLimits.MAX_FAULTS) {
			this.first.add(new UserError(code, message, place.path()));
		}
		else {
			this.more++;
		}
	}

	void invalid(Place place, String message) {
		add(UserErrorCode.INVALID, place, message);
	}

	boolean isEmpty() {
		return this.first.isEmpty();
	}

	List<UserError> errors() {
		List<UserError> errors = new ArrayList<>(this.first);
		if (this.more > 0) {
			errors.add(new UserError(UserErrorCode.INVALID,
					"This condition has " + this.more + " more errors. Mend these first.", this.condition.path()));
		}
		return List.copyOf(errors);
	}

}
