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
 * pause of this JVM is nobody's silence.
 */
final class DatabaseLine {

	/** Heard of so lately, a connection is not asked whether it is there. */
	private static final Duration FRESH = Duration.ofMillis(500);

	private final Connection connection;

	private final AtomicInteger owed = new AtomicInteger();

	private volatile Duration patience;

	private volatile long heardAt = System.nanoTime();

	private volatile boolean retired;

	/** Ticks since the last answer, while one is owed. Of the ticking thread alone. */
	private int silence;

	private long heardBefore = this.heardAt;

	DatabaseLine(Connection connection, Duration patience) {
		this.connection = connection;
		this.patience = patience;
	}

	/** Asks something, of which each answer is heard. */
	<T> Flux<T> ask(Publisher<T> question) {
		return Flux.defer(() -> {
			this.owed.incrementAndGet();
			return Flux.from(question)
				.doOnNext((answer) -> hear())
				.doOnComplete(this::hear)
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

	private void hear() {
		this.heardAt = System.nanoTime();
	}

	boolean isFresh() {
		return System.nanoTime() - this.heardAt < FRESH.toNanos();
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
		boolean silent = this.owed.get() > 0 && this.heardAt == this.heardBefore;
		this.heardBefore = this.heardAt;
		this.silence = silent ? this.silence + 1 : 0;
		Duration limit = (this.patience.compareTo(most) < 0) ? this.patience : most;
		if (DatabaseLines.TICK.multipliedBy(this.silence).compareTo(limit) >= 0) {
			this.retired = true;
			cut();
		}
	}

	/** Who waits for an answer is told that the connection is closed. */
	private void cut() {
		Mono.from(this.connection.close()).subscribe(null, (alreadyGone) -> {
		});
	}

}
