package dev.belfry.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

/**
 * What is wrong with one event: the first faults in words, the others by their number.
 */
final class Faults {

	static final int MOST = 20;

	private final Place event;

	private final List<UserError> first = new ArrayList<>();

	private int more;

	Faults(Place event) {
		this.event = event;
	}

	/** Notes a fault, of which the words are only asked for if they are told. */
	void add(UserErrorCode code, Place place, Supplier<String> message) {
		if (this.first.size() < MOST) {
			this.first.add(new UserError(code, message.get(), place.path()));
		}
		else {
			this.more++;
		}
	}

	boolean isEmpty() {
		return this.first.isEmpty();
	}

	List<UserError> errors() {
		if (this.more == 0) {
			return this.first;
		}
		List<UserError> errors = new ArrayList<>(this.first);
		errors.add(new UserError(UserErrorCode.INVALID,
				"This event has " + this.more + " more errors. Mend these first.", this.event.path()));
		return errors;
	}

}
