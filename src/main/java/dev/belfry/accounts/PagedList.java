package dev.belfry.accounts;

/**
 * The lists that are shown by pages. The letter is part of a cursor: change it, and
 * cursors that clients hold stop working.
 */
public enum PagedList {

	INTEGRATIONS('i'), MESSAGES('m'), SETTINGS_CHANGES('s'), DELIVERIES('d'), SUPPRESSIONS('x'), ALERTS('l'),
	ALERT_VERSIONS('v'), RECIPIENT_LISTS('r'), EVALUATIONS('a'),
	/** By when they were recorded. */
	EVENTS('t', true),
	/** By name. */
	USERS('n', true);

	private final char letter;

	private final boolean sortedByValue;

	PagedList(char letter) {
		this(letter, false);
	}

	PagedList(char letter, boolean sortedByValue) {
		this.letter = letter;
		this.sortedByValue = sortedByValue;
	}

	char letter() {
		return this.letter;
	}

	/** Whether it is sorted by something else before the number. */
	boolean isSortedByValue() {
		return this.sortedByValue;
	}

}
