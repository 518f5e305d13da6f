package dev.belfry.database.connections;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A history of the database, for as long as it lasts on this node: until a failover or a
 * restore begins another, in which positions, ids and versions may name other things.
 * Whatever a node remembers is of one epoch. Each is equal to itself alone.
 */
public final class Epoch {

	private final int number;

	private final Sinks.Empty<Void> end = Sinks.empty();

	private volatile boolean over;

	public Epoch(int number) {
		this.number = number;
	}

	/** What all nodes call it. */
	public int number() {
		return this.number;
	}

	/**
	 * Whether another has begun. What was known before this was asked, and found false,
	 * is of this epoch alone: no connection is given out that is of another.
	 */
	public boolean isOver() {
		return this.over;
	}

	/** Completes when another begins. */
	public Mono<Void> end() {
		return this.end.asMono();
	}

	/**
	 * Passes on what comes while it lasts, and is silent from then on. Connections of
	 * listeners are ended then, so that they reconnect with valid cursors.
	 */
	public <T> Flux<T> whileItLasts(Flux<T> live) {
		return live.filter((next) -> !this.over);
	}

	/** Before another is known of, so that nothing of that is taken for this one's. */
	void close() {
		this.over = true;
	}

	void announceEnd() {
		this.end.tryEmitEmpty();
	}

}
