package dev.belfry.alerts.template;

import java.util.List;
import java.util.function.Supplier;

import dev.belfry.platform.Faults;
import dev.belfry.platform.Place;
import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

/** What is wrong with one text of a template, with the lines and columns. */
final class TextFaults {

	private final String source;

	private final Place place;

	private final Faults faults;

	TextFaults(String source, Place place) {
		this.source = source;
		this.place = place;
		this.faults = new Faults(place, "text");
	}

	/** Notes what is wrong with the text as a whole. */
	void addOfAll(TextProblem problem) {
		this.faults.add(problem.code(), this.place, problem::message);
	}

	/**
	 * Notes a fault, of which the words are only asked for if they are told.
	 * @param at where in the text
	 */
	void add(int at, Supplier<String> message) {
		this.faults.add(UserErrorCode.INVALID, this.place, () -> position(at) + message.get());
	}

	/** Lines and columns count from one, columns in characters (Unicode code points). */
	private String position(int at) {
		long line = 1 + this.source.substring(0, at).chars().filter((character) -> character == '\n').count();
		int start = this.source.lastIndexOf('\n', at - 1) + 1;
		return "Line " + line + ", column " + (1 + this.source.codePointCount(start, at)) + ": ";
	}

	List<UserError> errors() {
		return this.faults.errors();
	}

}
