package dev.belfry.conditions.operators;

/** What an operator takes as its value, so that an editor can offer the right box. */
public enum OperatorValue {

	/** None. */
	NONE,

	/** One of the field's type; for a time also a date. */
	ONE,

	/** A list of two of the field's type, the lower one first. */
	TWO,

	/** A list of 1 to 500 of the field's type. */
	LIST,

	/** A part of a text. */
	TEXT,

	/** A regular expression as RE2 has them. */
	REGEX,

	/** An amount and a unit. */
	DURATION

}
