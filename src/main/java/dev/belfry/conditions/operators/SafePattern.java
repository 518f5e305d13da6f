package dev.belfry.conditions.operators;

import java.util.regex.MatchResult;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.values.ConditionLimits;

/**
 * A regular expression that takes time in proportion to the text, whatever it is.
 */
public final class SafePattern {

	/**
	 * Instructions that a pattern could come to before RE2 is asked to compile it. It
	 * writes out each repetition, so that {@code ((a{1000}){1000}){1000}} would fill the
	 * memory.
	 */
	private static final long MAX_WRITTEN_OUT = 20_000;

	private static final java.util.regex.Pattern REPETITION = java.util.regex.Pattern
		.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?}");

	private static final String ANY_CASE = "(?i)";

	private final Pattern pattern;

	private SafePattern(Pattern pattern) {
		this.pattern = pattern;
	}

	/**
	 * Compiles a pattern.
	 * @throws IllegalArgumentException for one that is wrong or too large, with a message
	 * for its author that has the column of the error if there is one
	 */
	public static SafePattern of(String regex, boolean caseSensitive) {
		if (regex.codePointCount(0, regex.length()) > ConditionLimits.MAX_REGEX_LENGTH) {
			throw new IllegalArgumentException(
					"A regular expression has at most " + ConditionLimits.MAX_REGEX_LENGTH + " characters.");
		}
		if (writtenOut(regex) > MAX_WRITTEN_OUT) {
			throw tooLarge();
		}
		try {
			Pattern pattern = Pattern.compile(regex, caseSensitive ? 0 : Pattern.CASE_INSENSITIVE);
			if (pattern.programSize() > ConditionLimits.MAX_REGEX_PROGRAM) {
				throw tooLarge();
			}
			return new SafePattern(pattern);
		}
		catch (PatternSyntaxException fault) {
			throw new IllegalArgumentException(message(regex, part(fault, caseSensitive), fault.getDescription()),
					fault);
		}
	}

	private static IllegalArgumentException tooLarge() {
		return new IllegalArgumentException(
				"This regular expression is too large: repetitions count as if they were written out.");
	}

	/** The part that is wrong, without the flag that RE2 itself begins a pattern with. */
	private static @Nullable String part(PatternSyntaxException fault, boolean caseSensitive) {
		String part = fault.getPattern();
		return (part != null && !caseSensitive && part.startsWith(ANY_CASE)) ? part.substring(ANY_CASE.length()) : part;
	}

	private static String message(String regex, @Nullable String part, String description) {
		int index = (part != null) ? regex.indexOf(part) : -1;
		int column = (index >= 0) ? regex.codePointCount(0, index) + 1 : 1;
		return "1:" + column + " " + description + ((part != null) ? ": " + part : "");
	}

	/** No less than the program's size; counts as nested whatever could be. */
	private static long writtenOut(String regex) {
		boolean nests = regex.indexOf('(') >= 0;
		long most = 1;
		for (MatchResult repetition : REPETITION.matcher(regex).results().toList()) {
			String upTo = repetition.group(2);
			long times = Long.parseLong((upTo != null && !upTo.isEmpty()) ? upTo : repetition.group(1));
			most = nests ? Math.min(most * Math.max(1, times), Integer.MAX_VALUE) : Math.max(most, times);
		}
		return most * regex.length();
	}

	/** Whether it is found anywhere in the text. */
	boolean isIn(String text) {
		return this.pattern.matcher(text).find();
	}

	/** The steps that a look for it may take. */
	public long steps(long length) {
		return (length + 1) * this.pattern.programSize();
	}

	public int programSize() {
		return this.pattern.programSize();
	}

}
