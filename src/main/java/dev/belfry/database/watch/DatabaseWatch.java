package dev.belfry.database.watch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import dev.belfry.database.connections.DatabaseLines;
import dev.belfry.database.connections.DirectConnections;
import dev.belfry.database.connections.Epochs;
import dev.belfry.database.connections.LimitedConnection;

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

	/** How the driver says that not the server has closed a connection. */
	private static final String CLOSED_HERE = "Connection closed";

	private static final int QUESTIONS_A_CONNECTION = 10;

	/** Before all that asks the database. */
	private static final int FIRST = Integer.MIN_VALUE;

	private final DirectConnections connections;

	private final DatabaseLines lines;

	private final Epochs epochs;

	private volatile State state = State.UNKNOWN;

	private volatile long since = System.nanoTime();

	private @Nullable Disposable asking;

	DatabaseWatch(DirectConnections connections, DatabaseLines lines, Epochs epochs) {
		this.connections = connections;
		this.lines = lines;
		this.epochs = epochs;
	}

	State state() {
		return this.state;
	}

	private Flux<Boolean> ask() {
		return Flux.usingWhen(this.connections.createAnyway(PATIENCE),
				(connection) -> Mono.defer(() -> isReadOnly(connection))
					.delayUntil((readOnly) -> look(connection, readOnly))
					.repeatWhen((answers) -> answers.delayElements(INTERVAL))
					.take(QUESTIONS_A_CONNECTION),
				LimitedConnection::close);
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
		become(readOnly ? State.READ_ONLY : State.WRITABLE, "");
	}

	private void lost(Throwable problem) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(problem);
		boolean silent = CLOSED_HERE.equals(cause.getMessage());
		become(State.AWAY, silent ? "no answer for " + PATIENCE.toSeconds() + " s" : cause.getMessage());
	}

	/** What connections were made in another state is not what it would be now. */
	private synchronized void become(State next, @Nullable String why) {
		State before = this.state;
		if (next == before || this.asking == null) {
			return;
		}
		this.state = next;
		this.lines.away(next == State.AWAY);
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
	public synchronized void start() {
		this.asking = ask().doOnNext(this::answered)
			.doOnError(this::lost)
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, INTERVAL))
			.repeat()
			.subscribe();
	}

	@Override
	public synchronized void stop() {
		Disposable running = this.asking;
		this.asking = null;
		if (running != null) {
			running.dispose();
		}
	}

	@Override
	public boolean isRunning() {
		return this.asking != null;
	}

	@Override
	public int getPhase() {
		return FIRST;
	}

}
