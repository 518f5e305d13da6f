package dev.belfry.alerts.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

/**
 * What is wrong with one text of a template: the first faults in words, the others by
 * their number.
 */
final class Faults {

	static final int MOST = 20;

	private final String source;

	private final List<String> path;

	private final List<UserError> first = new ArrayList<>();

	private int more;

	Faults(String source, List<String> path, String name) {
		this.source = source;
		this.path = new ArrayList<>(path);
		this.path.add(name);
	}

	/** Notes what is wrong with the text as a whole. */
	void addOfAll(TextProblem problem) {
		this.first.add(new UserError(problem.code(), problem.message(), this.path));
	}

	/**
	 * Notes a fault, of which the words are only asked for if they are told.
	 * @param at where in the text
	 */
	void add(int at, Supplier<String> message) {
		if (this.first.size() < MOST) {
			this.first.add(new UserError(UserErrorCode.INVALID, place(at) + message.get(), this.path));
		}
		else {
			this.more++;
		}
	}

	/** Lines and columns count from one, columns in characters (Unicode code points). */
	private String place(int at) {
		long line = 1 + this.source.substring(0, at).chars().filter((character) -> character == '\n').count();
		int start = this.source.lastIndexOf('\n', at - 1) + 1;
		return "Line " + line + ", column " + (1 + this.source.codePointCount(start, at)) + ": ";
	}

	List<UserError> errors() {
		if (this.more == 0) {
			return this.first;
		}
		List<UserError> errors = new ArrayList<>(this.first);
		errors.add(new UserError(UserErrorCode.INVALID,
				"This text has " + this.more + " more errors. Mend these first.", this.path));
		return errors;
	}

}
