package dev.belfry.live.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * What a broadcast sends to its listeners at a position, encoded once for all of them.
 *
 * @param kind as the protocols have it
 * @param payload the result as JSON; for an error, the list of errors
 * @param to where a listener is that has it; null if the stream has ended
 */
public record LiveEvent(Kind kind, byte[] payload, @Nullable StreamPosition to) {

	/** What an event is in both protocols. */
	public enum Kind {

		NEXT, ERROR, COMPLETE

	}

	static LiveEvent next(byte[] result, StreamPosition to) {
		return new LiveEvent(Kind.NEXT, result, to);
	}

	static LiveEvent error(byte[] errors) {
		return new LiveEvent(Kind.ERROR, errors, null);
	}

	static LiveEvent complete() {
		return new LiveEvent(Kind.COMPLETE, new byte[0], null);
	}

}
