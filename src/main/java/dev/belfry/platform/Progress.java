package dev.belfry.platform;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How far a subscription's stream has come. Whoever carries the stream to its clients
 * puts one into the GraphQL context; whoever emits says before each event where the
 * stream is with it, so that streams at the same place can go on as one.
 */
public final class Progress {

	/** The name under which it is in the GraphQL context. */
	public static final String CONTEXT_KEY = "progress";

	private final @Nullable String since;

	private final boolean first;

	private volatile @Nullable Step step;

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

	/**
	 * The next event ends at a cursor.
	 * @param more whether the one after it is there already
	 */
	public void reached(String cursor, boolean more) {
		this.step = new Step(cursor, cursor, more);
	}

	/** The next event shows this state, which nobody can go on from but by the newest. */
	public void showing(Object state) {
		this.step = new Step(state, null, false);
	}

	/** What was said last. */
	public Step step() {
		return Objects.requireNonNull(this.step, "A subscription emitted without saying where it is");
	}

	/**
	 * Where the stream is with an event.
	 *
	 * @param place equal for streams that can go on as one
	 * @param cursor from where another stream can go on; null if none can
	 * @param more whether the next event is there already
	 */
	public record Step(Object place, @Nullable String cursor, boolean more) {
	}

}
