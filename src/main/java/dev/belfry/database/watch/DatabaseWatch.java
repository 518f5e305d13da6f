package dev.belfry.database.watch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.belfry.database.connections.DatabaseLines;
import dev.belfry.database.connections.DirectConnections;
import dev.belfry.database.connections.Epochs;
import dev.belfry.database.connections.LimitedConnection;
import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;

/**
 * Asks the database all the time, on a connection of its own, whether it is there and
 * takes writes. Says once when that changes; who fails meanwhile need not. The connection
 * is made anew every few seconds, to be what a new one is.
 */
@Component
public class DatabaseWatch implements SmartLifecycle {

	/** What is known of the database. */
	enum State {

		/** Nobody has asked yet. */
		UNKNOWN,
		/** It takes reads and writes. */
		WRITABLE,
		/** A standby, or one that is set to refuse writes. */
		READ_ONLY,
		/** It does not answer. */
		AWAY

	}

	private static final Logger log = LoggerFactory.getLogger(DatabaseWatch.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/** Without an answer for so long, the database is away. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/** Nothing takes longer, unless its end is lost. */
	private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

	/** How the driver says that not the server has closed a connection. */
	private static final String CLOSED_HERE = "Connection closed";

	private static final int QUESTIONS_A_CONNECTION = 10;

	/** Before all that asks the database. */
	private static final int FIRST = Integer.MIN_VALUE;

	private final DirectConnections connections;

	private final DatabaseLines lines;

	private final Epochs epochs;

	private final Loops loops;

	private final Loop asking;

	private volatile @Nullable LimitedConnection connection;

	private volatile int questions;

	private volatile State state = State.UNKNOWN;

	private volatile long since = System.nanoTime();

	DatabaseWatch(DirectConnections connections, DatabaseLines lines, Epochs epochs, Loops loops) {
		this.connections = connections;
		this.lines = lines;
		this.epochs = epochs;
		this.loops = loops;
		this.asking = loops
			.make(LoopPlan.every(INTERVAL, "database watch", "Nobody looks whether the database is there")
				.within(LONGEST_TURN)
				.forRequests(), this::turn);
	}

	State state() {
		return this.state;
	}

	/** One question. */
	private Mono<Void> turn() {
		return Mono.defer(this::connection)
			.flatMap((connection) -> isReadOnly(connection).delayUntil((readOnly) -> look(connection, readOnly)))
			.doOnNext(this::answered)
			.then()
			.doOnCancel(() -> lost(new TimeoutException("No end after " + LONGEST_TURN)))
			.onErrorResume((problem) -> {
				lost(problem);
				return Mono.empty();
			});
	}

	private Mono<LimitedConnection> connection() {
		LimitedConnection open = this.connection;
		return (open != null) ? Mono.just(open) : this.connections.createAnyway(PATIENCE).doOnNext((made) -> {
			this.connection = made;
			this.questions = 0;
		});
	}

	private void disconnect() {
		LimitedConnection open = this.connection;
		this.connection = null;
		if (open != null) {
			open.close().subscribe(null, (problem) -> log.debug("Not closed in order", problem));
		}
	}

	/**
	 * The database may have been replaced though connections to the old one still answer.
	 */
	private Mono<Void> look(LimitedConnection connection, boolean readOnly) {
		return readOnly ? Mono.empty() : this.epochs.look(connection);
	}

	private static Mono<Boolean> isReadOnly(LimitedConnection connection) {
		return Flux
			.from(connection.createStatement("select current_setting('transaction_read_only')::boolean").execute())
			.flatMap((result) -> result.map((row) -> Boolean.TRUE.equals(row.get(0, Boolean.class))))
			.single();
	}

	private void answered(boolean readOnly) {
		if (++this.questions == QUESTIONS_A_CONNECTION) {
			disconnect();
		}
		become(readOnly ? State.READ_ONLY : State.WRITABLE, "");
	}

	private void lost(Throwable problem) {
		disconnect();
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(problem);
		boolean silent = CLOSED_HERE.equals(cause.getMessage());
		become(State.AWAY, silent ? "no answer for " + PATIENCE.toSeconds() + " s" : cause.getMessage());
	}

	/** What connections were made in another state is not what it would be now. */
	private synchronized void become(State next, @Nullable String why) {
		State before = this.state;
		if (next == before || !this.asking.isRunning()) {
			return;
		}
		this.state = next;
		this.lines.away(next == State.AWAY);
		this.loops.outage(next != State.WRITABLE);
		report(before, next, why);
		this.since = System.nanoTime();
		if (before != State.UNKNOWN) {
			this.lines.renew();
		}
	}

	private void report(State before, State next, @Nullable String why) {
		switch (next) {
			case AWAY -> log.warn("The database does not answer ({}). Requests get UNAVAILABLE until it does", why);
			case READ_ONLY -> log.warn("The database takes no writes. Until it does, this node is not ready");
			default -> {
				if (before != State.UNKNOWN) {
					log.info("The database answers and takes writes again, after {} s",
							TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.since));
				}
			}
		}
	}

	@Override
	public void start() {
		this.asking.start();
	}

	@Override
	public void stop() {
		this.asking.stop();
		disconnect();
	}

	@Override
	public boolean isRunning() {
		return this.asking.isRunning();
	}

	@Override
	public int getPhase() {
		return FIRST;
	}

}
