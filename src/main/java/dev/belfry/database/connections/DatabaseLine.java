package dev.belfry.database.connections;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.r2dbc.spi.Connection;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is known of one connection to the database: whether an answer is owed, and for how
 * long nothing has come. Time is counted in the ticks of {@link DatabaseLines}, so a
 * pause of this JVM does not count as silence.
 */
final class DatabaseLine {

	/** After an answer within this time, a connection is not checked. */
	private static final Duration FRESH = Duration.ofMillis(500);

	private final Connection connection;

	private final AtomicInteger owed = new AtomicInteger();

	private volatile Duration patience;

	private volatile long answeredAt = System.nanoTime();

	private volatile boolean retired;

	/** Ticks since the last answer, while one is owed. Of the ticking thread alone. */
	private int silence;

	private long answeredBefore = this.answeredAt;

	DatabaseLine(Connection connection, Duration patience) {
		this.connection = connection;
		this.patience = patience;
	}

	/** Asks something, and notes each answer. */
	<T> Flux<T> ask(Publisher<T> question) {
		return Flux.defer(() -> {
			this.owed.incrementAndGet();
			return Flux.from(question)
				.doOnNext((answer) -> answered())
				.doOnComplete(this::answered)
				.doFinally((signal) -> this.owed.decrementAndGet());
		});
	}

	/** Likewise, with another patience than with all that follows. */
	<T> Flux<T> ask(Publisher<T> question, Duration patience) {
		return Flux.defer(() -> {
			Duration usual = this.patience;
			this.patience = patience;
			return ask(question).doFinally((signal) -> this.patience = usual);
		});
	}

	private void answered() {
		this.answeredAt = System.nanoTime();
	}

	boolean isFresh() {
		return System.nanoTime() - this.answeredAt < FRESH.toNanos();
	}

	/** Is not used again, once whoever has it is done. */
	void retire() {
		this.retired = true;
		if (this.owed.get() == 0) {
			cut();
		}
	}

	boolean isRetired() {
		return this.retired;
	}

	/** Counts the silence, and ends the connection when that was too long. */
	void tick(Duration most) {
		boolean silent = this.owed.get() > 0 && this.answeredAt == this.answeredBefore;
		this.answeredBefore = this.answeredAt;
		this.silence = silent ? this.silence + 1 : 0;
		Duration limit = (this.patience.compareTo(most) < 0) ? this.patience : most;
		if (DatabaseLines.TICK.multipliedBy(this.silence).compareTo(limit) >= 0) {
			this.retired = true;
			cut();
		}
	}

	/** Whoever waits for an answer gets an error. */
	private void cut() {
		Mono.from(this.connection.close()).subscribe(null, (alreadyGone) -> {
		});
	}

}
