package dev.belfry.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * All that is wrong with an input, seen from one place within it: what is added here has
 * the path of this place. A longer path costs no more than its last name.
 */
public final class InputErrors {

	/** So many errors of a capped part are listed. */
	public static final int MOST = 20;

	private final @Nullable InputErrors outer;

	private final String name;

	private final Found found;

	/** None as yet, and the place is the input itself. */
	public InputErrors() {
		this(List.of());
	}

	/** Those that were found before, and the place is the input itself. */
	public InputErrors(List<UserError> found) {
		this(null, "", new Found(Integer.MAX_VALUE));
		this.found.errors.addAll(found);
	}

	private InputErrors(@Nullable InputErrors outer, String name, Found found) {
		this.outer = outer;
		this.name = name;
		this.found = found;
	}

	/** The same errors, seen from a field of this place. */
	public InputErrors at(String field) {
		return new InputErrors(this, field, this.found);
	}

	/** The same errors, seen from what is along a path from this place. */
	public InputErrors at(List<String> path) {
		InputErrors errors = this;
		for (String name : path) {
			errors = errors.at(name);
		}
		return errors;
	}

	/** The same errors, seen from an item of this place. */
	public InputErrors at(int index) {
		return at(Integer.toString(index));
	}

	/**
	 * Reads what can have thousands of errors: the first {@link #MOST} are listed, of the
	 * others only the number.
	 * @param part what is read: {@code event}, {@code condition}
	 */
	public <T> T capped(String part, Function<InputErrors, T> reader) {
		Found within = new Found(MOST);
		T read = reader.apply(new InputErrors(this.outer, this.name, within));
		this.found.errors.addAll(within.errors);
		if (within.more > 0) {
			add(UserErrorCode.INVALID, "This " + part + " has " + within.more + " more errors. Correct these first.");
		}
		return read;
	}

	public void add(UserErrorCode code, String message) {
		add(code, () -> message);
	}

	/** Adds an error, of which the words are only asked for if it is listed. */
	public void add(UserErrorCode code, Supplier<String> message) {
		if (this.found.errors.size() < this.found.most) {
			this.found.errors.add(new UserError(code, message.get(), path()));
		}
		else {
			this.found.more++;
		}
	}

	/** Adds what is wrong with the text that is here, if anything is. */
	public void add(@Nullable TextProblem problem) {
		if (problem != null) {
			add(problem.code(), problem::message);
		}
	}

	/** Whether nothing is wrong here, nor with anything within, as far as is listed. */
	public boolean isEmpty() {
		if (this.outer == null || this.found.errors.isEmpty() || this.found.more > 0) {
			return this.found.errors.isEmpty();
		}
		List<String> path = path();
		return this.found.errors.stream().noneMatch((error) -> isWithin(path, error));
	}

	/** All errors of the input, also those elsewhere. */
	public List<UserError> list() {
		return List.copyOf(this.found.errors);
	}

	/** Fails with {@link UserErrors} if anything is wrong with the input. */
	public void check() {
		if (!this.found.errors.isEmpty()) {
			throw refused();
		}
	}

	/** The refusal of the input for all that is wrong with it. */
	public UserErrors refused() {
		return new UserErrors(list());
	}

	/**
	 * Puts the errors into the order of the fields of this place, and within a list into
	 * that of its items; what is elsewhere comes first.
	 */
	public void sort(List<String> fields) {
		List<String> path = path();
		this.found.errors.sort(Comparator.comparingInt((error) -> {
			List<String> field = isWithin(path, error) ? Objects.requireNonNull(error.field()) : List.of();
			int part = (field.size() > path.size()) ? fields.indexOf(field.get(path.size())) : -1;
			String item = (field.size() > path.size() + 1) ? field.get(path.size() + 1) : "";
			return part * 1_000 + (item.matches("\\d{1,3}") ? Integer.parseInt(item) : 0);
		}));
	}

	private static boolean isWithin(List<String> path, UserError error) {
		List<String> field = error.field();
		return field != null && field.size() >= path.size() && field.subList(0, path.size()).equals(path);
	}

	/** The path of this place. */
	public List<String> path() {
		LinkedList<String> path = new LinkedList<>();
		for (InputErrors place = this; place.outer != null; place = place.outer) {
			path.addFirst(place.name);
		}
		return List.copyOf(path);
	}

	/** The errors of an input, or of a part that is capped. */
	private static final class Found {

		private final int most;

		private final List<UserError> errors = new ArrayList<>();

		private int more;

		Found(int most) {
			this.most = most;
		}

	}

}
