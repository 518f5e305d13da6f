package dev.belfry.jobs.history;

import dev.belfry.store.Conditions;

/**
 * Whether a user has read an entry, in a statement: all up to a mark, but for exceptions
 * before and after it.
 *
 * @param mark how the statement names the mark
 * @param user how the statement names the user
 */
record ReadState(String mark, String user) {

	/** For who asks about a range. */
	static ReadState of(LogRange range, Conditions conditions) {
		return new ReadState(conditions.parameter(range.readPosition()), conditions.parameter(range.userId()));
	}

	/** Whether a position has been read. */
	String isRead(String position) {
		return "(" + position + " <= " + this.mark + ") <> " + isExcepted(position);
	}

	/** What the mark alone says, with the exceptions left out. */
	String regular(String position, boolean read) {
		return position + (read ? " <= " : " > ") + this.mark + " and not " + isExcepted(position);
	}

	/** The exceptions, of which the mark says the contrary. */
	String excepted(String position, boolean read, String oldest, String newest) {
		return position + (read ? " > " : " <= ") + this.mark + " and " + position + " in (" + exceptions()
				+ " and e.position >= " + oldest + " and e.position <= " + newest + ")";
	}

	private String isExcepted(String position) {
		return "exists (" + exceptions() + " and e.position = " + position + ")";
	}

	private String exceptions() {
		return "select e.position from job_read_exception e where e.account_id = $1 and e.user_id = " + this.user;
	}

}
