package dev.belfry.templates;

import java.util.List;

/** A piece of a template that has been read. */
sealed interface Piece {

	/** Words as they stand. */
	record Words(String text) implements Piece {
	}

	/**
	 * The value of a field.
	 *
	 * @param raw whether as the payload has it
	 */
	record Value(Reference field, boolean raw) implements Piece {
	}

	/**
	 * Pieces that depend on a field.
	 *
	 * @param inverted whether they are for when there is nothing
	 */
	record Section(Reference field, boolean inverted, List<Piece> pieces) implements Piece {
	}

}
