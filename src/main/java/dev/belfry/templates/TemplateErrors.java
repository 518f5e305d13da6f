package dev.belfry.templates;

import java.util.function.Supplier;

import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;

/** What is wrong with one text of a template, with the lines and columns. */
final class TemplateErrors {

	private final String source;

	private final InputErrors errors;

	TemplateErrors(String source, InputErrors errors) {
		this.source = source;
		this.errors = errors;
	}

	/**
	 * Notes an error, whose message is only created if it is shown.
	 * @param at where in the text
	 */
	void add(int at, Supplier<String> message) {
		this.errors.add(UserErrorCode.INVALID, () -> position(at) + message.get());
	}

	/** Lines and columns count from one, columns in characters (Unicode code points). */
	private String position(int at) {
		long line = 1 + this.source.substring(0, at).chars().filter((character) -> character == '\n').count();
		int start = this.source.lastIndexOf('\n', at - 1) + 1;
		return "Line " + line + ", column " + (1 + this.source.codePointCount(start, at)) + ": ";
	}

}
