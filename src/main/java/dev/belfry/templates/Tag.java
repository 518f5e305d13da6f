package dev.belfry.templates;

/**
 * A tag: the text between two opening and two closing braces.
 *
 * @param content its name; for one that is refused, all of it
 * @param at where it begins
 * @param from where what it takes the place of begins: with it, or with its line if that
 * has nothing else
 * @param to where what it takes the place of ends
 */
record Tag(Kind kind, String content, int at, int from, int to) {

	/** What a tag does. */
	enum Kind {

		VALUE, SECTION, INVERTED, END, COMMENT, REFUSED, UNFINISHED;

		/** Whether a line that has nothing else is left out. */
		boolean standsAlone() {
			return this == SECTION || this == INVERTED || this == END || this == COMMENT;
		}

	}

}
