package dev.belfry.graphql.relay;

/**
 * The lists that are shown by pages. The letter is part of a cursor: change it, and
 * cursors that clients hold stop working.
 */
public enum PagedList {

	INTEGRATIONS('i', Key.NUMBER), MESSAGES('m', Key.NUMBER), SETTINGS_CHANGES('s', Key.NUMBER),
	DELIVERIES('d', Key.NUMBER), SUPPRESSIONS('x', Key.NUMBER), ALERTS('l', Key.NUMBER),
	ALERT_VERSIONS('v', Key.NUMBER), RECIPIENT_LISTS('r', Key.NUMBER), EVALUATIONS('a', Key.NUMBER),
	/** By when they were recorded. */
	EVENTS('t', Key.VALUE),
	/** By name. */
	USERS('n', Key.VALUE),
	/** By position. */
	JOB_NOTIFICATIONS('c', Key.EPOCH);

	private final char letter;

	private final Key key;

	PagedList(char letter, Key key) {
		this.letter = letter;
		this.key = key;
	}

	char letter() {
		return this.letter;
	}

	Key key() {
		return this.key;
	}

	/** What a cursor carries. */
	enum Key {

		/** The number alone. */
		NUMBER,
		/** A value that the list is sorted by first, and the number. */
		VALUE,
		/** The log's epoch and the number: it is none of the log after a restore. */
		EPOCH

	}

}
