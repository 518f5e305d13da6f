package dev.belfry.graphql.execution;

import org.jspecify.annotations.Nullable;

/**
 * Where a subscription's stream is with an event.
 *
 * @param place equal for streams that can go on as one
 * @param cursor from where another stream can go on; null if none can
 * @param more whether the next event is there already
 */
public record Position(Object place, @Nullable String cursor, boolean more) {

	/** At the end of what an event shows of a log. */
	public static Position at(String cursor, boolean more) {
		return new Position(cursor, cursor, more);
	}

	/** At a state, which nobody can go on from but by the newest. */
	public static Position at(Object state) {
		return new Position(state, null, false);
	}

}
