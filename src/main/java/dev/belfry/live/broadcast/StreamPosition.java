package dev.belfry.live.broadcast;

import org.jspecify.annotations.Nullable;

import dev.belfry.graphql.execution.Position;

/**
 * Where a listener of a broadcast is: those at the same position get the same event next.
 *
 * @param at what of the stream the listener has
 * @param since the cursor from where an execution can go on; null if none can
 * @param first whether the next event is the listener's first, which comes at once
 */
public record StreamPosition(Object at, @Nullable String since, boolean first) {

	/** Where one begins who has nothing, and wants what is new from now on. */
	static final StreamPosition NOW = now();

	/** The same at a moment: "now" is another place as soon as an execution has begun. */
	static StreamPosition now() {
		return new StreamPosition(new Object(), null, true);
	}

	/** Where one begins who wants all after a cursor. */
	public static StreamPosition first(@Nullable String since) {
		return (since != null) ? new StreamPosition(since, since, true) : NOW;
	}

	static StreamPosition after(Position position) {
		return new StreamPosition(position.place(), position.cursor(), false);
	}

	/**
	 * Whether the next event is the same whenever one is here, so that an execution can
	 * begin here. It is not for one who begins now, nor for a state that may come and go.
	 */
	boolean isLasting() {
		return this.since != null;
	}

}
