package dev.belfry.delivery.outbox;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import reactor.core.publisher.Mono;

/**
 * Counts what this node does with e-mails, and looks at how many of all accounts wait.
 */
@Component
public class MailMeters {

	/** Of those that are due, whether they were made ready yet or not. */
	private static final Query<Waiting> WAITING = Query.of(
			"""
					select count(*) as number, greatest(0, extract(epoch from clock_timestamp() - least(min(d.due_at), (
					  select min(l.due_at) from delivery l
					  where not l.ready and not l.capped and l.state in ('PENDING', 'SENDING', 'RETRYING')))))::float8 as seconds
					from delivery d where d.ready""",
			Waiting::of);

	private final SystemDatabase system;

	private final Counter queued;

	private final Counter sent;

	private final Counter failed;

	private final Counter retried;

	private volatile Waiting waiting = new Waiting(0, Duration.ZERO);

	public MailMeters(SystemDatabase system, MeterRegistry metrics, OutboxSettings settings, Loops loops) {
		this.system = system;
		this.queued = metrics.counter("belfry.mail.queued");
		this.sent = metrics.counter("belfry.mail.sent");
		this.failed = metrics.counter("belfry.mail.failed");
		this.retried = metrics.counter("belfry.mail.retried");
		Gauge.builder("belfry.mail.waiting", () -> this.waiting.number()).register(metrics);
		Gauge.builder("belfry.mail.oldest.waiting", () -> oldestWaits().toMillis() / 1000.0)
			.baseUnit("seconds")
			.register(metrics);
		loops.run(LoopPlan.every(settings.watchInterval(), "mail meters", "Pending e-mails could not be counted")
			.first(settings.watchInterval()), this::watch);
	}

	void queued(long number) {
		this.queued.increment(number);
	}

	/** An attempt has left its e-mail in a state. */
	public void ended(DeliveryState state) {
		switch (state) {
			case SENT -> this.sent.increment();
			case FAILED -> this.failed.increment();
			default -> this.retried.increment();
		}
	}

	/**
	 * For how long the e-mail has been due that waits longest, as last seen. Never
	 * negative.
	 */
	public Duration oldestWaits() {
		return this.waiting.longest();
	}

	public Mono<Void> watch() {
		return this.system.one(WAITING).doOnNext((seen) -> this.waiting = seen).then();
	}

	private record Waiting(long number, Duration longest) {

		static Waiting of(Readable row) {
			return new Waiting(Rows.number(row, "number"),
					Duration.ofMillis(Math.round(Rows.get(row, "seconds", Double.class) * 1e3)));
		}

	}

}
