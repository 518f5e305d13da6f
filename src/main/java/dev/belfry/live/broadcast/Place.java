package dev.belfry.live.broadcast;

import org.jspecify.annotations.Nullable;

import dev.belfry.graphql.execution.Position;

/**
 * Where a listener of a broadcast is: those at the same place are told the same next.
 *
 * @param at what of the stream the listener has
 * @param since the cursor from where an execution can go on; null if none can
 * @param first whether the next event is the listener's first, which comes at once
 */
public record Place(Object at, @Nullable String since, boolean first) {

	/** Where one begins who has nothing, and wants what is new from now on. */
	static final Place NOW = now();

	/** The same at a moment: "now" is another place as soon as an execution has begun. */
	static Place now() {
		return new Place(new Object(), null, true);
	}

	/** Where one begins who wants all after a cursor. */
	public static Place first(@Nullable String since) {
		return (since != null) ? new Place(since, since, true) : NOW;
	}

	static Place after(Position position) {
		return new Place(position.place(), position.cursor(), false);
	}

	/**
	 * Whether the next event is the same whenever one is here, so that an execution can
	 * begin here. It is not for one who begins now, nor for a state that may come and go.
	 */
	boolean isLasting() {
		return this.since != null;
	}

}
