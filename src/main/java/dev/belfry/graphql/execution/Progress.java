package dev.belfry.graphql.execution;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How far a subscription's stream has come. Whoever carries the stream to its clients
 * puts one into the GraphQL context.
 */
public final class Progress {

	/** The name under which it is in the GraphQL context. */
	public static final String CONTEXT_KEY = "progress";

	private final @Nullable String since;

	private final boolean first;

	private volatile @Nullable Position position;

	/**
	 * Of a stream that goes on after a cursor; from where its arguments say if null.
	 * @param first whether its first event comes at once, though there is nothing new
	 */
	public Progress(@Nullable String since, boolean first) {
		this.since = since;
		this.first = first;
	}

	/** The cursor to go on from, whatever the arguments say; null if they say it. */
	public @Nullable String since() {
		return this.since;
	}

	/** Whether the first event comes at once, though there is nothing new. */
	public boolean isFirst() {
		return this.first;
	}

	/** The stream comes to a position with its next event. */
	public void moveTo(Position position) {
		this.position = position;
	}

	public Position position() {
		return Objects.requireNonNull(this.position, "A subscription has not emitted yet");
	}

}
