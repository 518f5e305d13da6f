package dev.belfry.log.hints;

import dev.belfry.viewer.AccountId;

/**
 * "Something of this account moved": a message between nodes. Only a hint: who misses one
 * finds out by the slow poll.
 *
 * @param number the log's new end, or the user whose marks changed
 */
public record Hint(Kind kind, AccountId account, long number) {

	/** What moved. The letter stands for it on the wire. */
	public enum Kind {

		/** The log of jobs has a new end. */
		LOG('l'),
		/** A user has seen or read something. */
		MARK('m'),
		/** Retention has removed something. */
		FLOOR('f');

		private final char letter;

		Kind(char letter) {
			this.letter = letter;
		}

		static Kind of(char letter) {
			for (Kind kind : values()) {
				if (kind.letter == letter) {
					return kind;
				}
			}
			throw new IllegalArgumentException("No such hint: " + letter);
		}

	}

	String text() {
		return this.kind.letter + Long.toString(this.account.value(), 36) + "." + Long.toString(this.number, 36);
	}

	static Hint parse(String text) {
		int dot = text.indexOf('.');
		return new Hint(Kind.of(text.charAt(0)), new AccountId(Long.parseLong(text.substring(1, dot), 36)),
				Long.parseLong(text.substring(dot + 1), 36));
	}

}
