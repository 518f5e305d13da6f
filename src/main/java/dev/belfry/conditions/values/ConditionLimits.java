package dev.belfry.conditions.values;

/** How large a condition may be, and how much work its evaluation may take. */
public final class ConditionLimits {

	/**
	 * Groups, tests and expressions together. More than people can read, and read and
	 * compiled within milliseconds.
	 */
	public static final int MAX_NODES = 200;

	/** How deep they nest. The reader and the evaluation call themselves once a level. */
	public static final int MAX_DEPTH = 10;

	/** Values of one {@code IN} or {@code NOT_IN}. */
	public static final int MAX_LIST_VALUES = 500;

	/** Characters (code points) of a text to compare with; those of events have 2,000. */
	public static final int MAX_TEXT_LENGTH = 500;

	/** A number is below ten to this power, and has no more decimals; as in events. */
	public static final int MAX_DIGITS = 100;

	/** Characters of a regular expression. */
	public static final int MAX_REGEX_LENGTH = 500;

	/**
	 * Instructions of a compiled regular expression. RE2 may take time in proportion to
	 * them times the text.
	 */
	public static final int MAX_REGEX_PROGRAM = 200;

	/** CEL expressions of a condition, of which each takes milliseconds to compile. */
	public static final int MAX_CEL_PARTS = 20;

	/** Characters of a CEL expression. */
	public static final int MAX_CEL_LENGTH = 2_000;

	/** How deep the parts of a CEL expression nest; its parser calls itself. */
	public static final int MAX_CEL_DEPTH = 32;

	/**
	 * Items that the macros of a CEL expression visit, those of inner macros included.
	 */
	public static final int MAX_CEL_ITERATIONS = 10_000;

	/** UTF-16 units of a text that a CEL expression puts together. */
	public static final int MAX_CEL_TEXT = 4_000;

	/** The whole condition as JSON, in bytes: it is read again by every node. */
	public static final int MAX_JSON = 65_536;

	/**
	 * Characters (code points) of what CEL says of a failure. It may repeat what the
	 * event has there, and each failure is kept.
	 */
	public static final int MAX_CEL_FAILURE = 300;

	/**
	 * Steps of one evaluation, each at most some 50 ns: a character of a text is one, and
	 * for a regular expression as many as its program has instructions. This keeps an
	 * evaluation under 50 ms of CPU, and unlike a clock it decides the same every time.
	 */
	public static final int MAX_STEPS = 500_000;

	private ConditionLimits() {
	}

}
