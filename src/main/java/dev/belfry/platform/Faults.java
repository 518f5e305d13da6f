package dev.belfry.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is wrong with one part of an input: the first {@link #MOST} faults in words, the
 * others by their number.
 */
public final class Faults {

	public static final int MOST = 20;

	private final Place whole;

	private final String name;

	private final List<UserError> first = new ArrayList<>();

	private int more;

	/**
	 * No faults as yet.
	 * @param name what the part is called: {@code event}, {@code condition}
	 */
	public Faults(Place whole, String name) {
		this.whole = whole;
		this.name = name;
	}

	/** Notes a fault, of which the words are only asked for if they are told. */
	public void add(UserErrorCode code, Place place, Supplier<String> message) {
		if (this.first.size() < MOST) {
			this.first.add(new UserError(code, message.get(), place.path()));
		}
		else {
			this.more++;
		}
	}

	public void add(UserErrorCode code, Place place, String message) {
		add(code, place, () -> message);
	}

	public void invalid(Place place, String message) {
		add(UserErrorCode.INVALID, place, message);
	}

	public boolean isEmpty() {
		return this.first.isEmpty();
	}

	public List<UserError> errors() {
		if (this.more == 0) {
			return List.copyOf(this.first);
		}
		List<UserError> errors = new ArrayList<>(this.first);
		errors.add(new UserError(UserErrorCode.INVALID,
				"This " + this.name + " has " + this.more + " more errors. Mend these first.", this.whole.path()));
		return List.copyOf(errors);
	}

}
