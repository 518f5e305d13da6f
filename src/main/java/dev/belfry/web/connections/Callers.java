package dev.belfry.web.connections;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;

import dev.belfry.input.Refusal;
import dev.belfry.input.Refusal.Code;

/**
 * How many live connections and operations the callers of one kind have, each: a token,
 * an account, an address.
 */
final class Callers {

	private final String words;

	private final int mostConnections;

	private final int mostOperations;

	private final Limit connections;

	private final Limit operations;

	private final ConcurrentMap<Object, Tally> known = new ConcurrentHashMap<>();

	/**
	 * Callers of a kind.
	 * @param kind as its settings name it
	 * @param words for one of them
	 * @param mostConnections 0: any number
	 * @param mostOperations 0: any number
	 */
	Callers(String kind, String words, int mostConnections, int mostOperations, MeterRegistry metrics) {
		this.words = words;
		this.mostConnections = mostConnections;
		this.mostOperations = mostOperations;
		this.connections = new Limit("live.connections-per-" + kind, mostConnections, metrics);
		this.operations = new Limit("live.operations-per-" + kind, mostOperations, metrics);
	}

	/** Whether connections are limited at all. */
	boolean areLimited() {
		return this.mostConnections > 0;
	}

	/** Counts one more connection of a caller, or fails with a {@link Refusal}. */
	Tally join(Object caller) {
		return this.known.compute(caller, (same, found) -> {
			Tally tally = (found != null) ? found : new Tally(this, caller);
			refuseIfFull(tally);
			tally.connections++;
			return tally;
		});
	}

	/** Fails as {@link #join} would. */
	void refuseIfFull(Object caller) {
		Tally tally = this.known.get(caller);
		if (tally != null) {
			refuseIfFull(tally);
		}
	}

	private void refuseIfFull(Tally tally) {
		if (areLimited() && tally.connections >= this.mostConnections) {
			this.connections.refused();
			throw Refusal.later(Code.TOO_MANY_CONNECTIONS,
					this.words + " may have " + this.connections.words() + " live connections. Close one first.");
		}
	}

	/** How many callers have connections. */
	int size() {
		return this.known.size();
	}

	/** What one caller has. */
	static final class Tally {

		private final Callers all;

		private final Object caller;

		/** Written under the entry of the caller alone. */
		private volatile int connections;

		private final AtomicInteger operations = new AtomicInteger();

		private Tally(Callers all, Object caller) {
			this.all = all;
			this.caller = caller;
		}

		/** Counts one more operation, or fails with a {@link Refusal}. */
		void begin() {
			int running = this.operations.incrementAndGet();
			if (this.all.mostOperations > 0 && running > this.all.mostOperations) {
				this.operations.decrementAndGet();
				this.all.operations.refused();
				throw Refusal.of(Code.TOO_MANY_OPERATIONS, this.all.words + " may run " + this.all.operations.words()
						+ " live operations. Complete one before the next.");
			}
		}

		void end(int operations) {
			this.operations.addAndGet(-operations);
		}

		@SuppressWarnings("NonAtomicVolatileUpdate")
		void leave() {
			this.all.known.computeIfPresent(this.caller, (same, tally) -> (--tally.connections > 0) ? tally : null);
		}

	}

}
