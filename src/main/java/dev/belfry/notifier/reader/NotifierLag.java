package dev.belfry.notifier.reader;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.start.SteadyClock;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import reactor.core.publisher.Mono;

/**
 * How far the notifiers of all nodes are behind the logs, and whether they get on, as
 * metrics, as a part of the health and in the log.
 */
@Component("notifierHealthIndicator")
class NotifierLag extends AbstractHealthIndicator {

	private static final Logger log = LoggerFactory.getLogger(NotifierLag.class);

	/** An entry that waited longer means that nobody evaluates. */
	private static final Duration STUCK = Duration.ofMinutes(10);

	/** A round takes seconds; if no entry was evaluated for longer, none is. */
	private static final Duration STALLED = Duration.ofMinutes(1);

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private static final Query<Lag> LAG = Query.of(
			"""
					with behind as (
					  select p.account_id, p.job_position, p.event_position, p.tries,
					         p.job_end + p.event_end - p.job_position - p.event_position as entries
					  from notifier_progress p where p.job_end > p.job_position or p.event_end > p.event_position
					)
					select coalesce(sum(b.entries), 0) as entries,
					       greatest(max(extract(epoch from clock_timestamp() - least(j.recorded_at, e.recorded_at))), 0)::float8 as seconds,
					       count(*) filter (where b.tries > 1) as set_aside,
					       (select coalesce(sum(n.turn), 0) from notifier n) as turns
					from behind b
					left join lateral (
					  select n.recorded_at from job_recorded n
					  where n.account_id = b.account_id and n.position > b.job_position order by n.position limit 1
					) j on true
					left join lateral (
					  select n.recorded_at from event_recorded n
					  where n.account_id = b.account_id and n.position > b.event_position order by n.position limit 1
					) e on true""",
			(row) -> new Lag(Rows.get(row, "entries", BigDecimal.class).longValue(),
					Rows.get(row, "seconds", Double.class), Rows.number(row, "set_aside"),
					Rows.get(row, "turns", BigDecimal.class).longValue()));

	private final SystemDatabase system;

	private final Clock clock;

	private volatile Lag lag = new Lag(0, 0, 0, 0);

	/** When entries were evaluated last, or there were none, by this node's clock. */
	private volatile Instant movedAt;

	private volatile boolean stalled;

	@Autowired
	NotifierLag(SystemDatabase system, MeterRegistry metrics, Loops loops) {
		this(system, metrics, new SteadyClock(Clock.systemUTC()));
		loops.run(LoopPlan.every(INTERVAL, "notifier lag", "How far the notifier is behind could not be read"),
				this::look);
	}

	NotifierLag(SystemDatabase system, MeterRegistry metrics, Clock clock) {
		super("The logs could not be compared with what is evaluated");
		this.system = system;
		this.clock = clock;
		this.movedAt = clock.instant();
		Gauge.builder("belfry.notifier.lag", () -> this.lag.seconds())
			.description("How long the oldest entry has waited to be evaluated")
			.baseUnit("seconds")
			.register(metrics);
		Gauge.builder("belfry.notifier.stalled", () -> stalledFor(this.clock.instant()).toSeconds())
			.description("How long no entry has been evaluated while entries wait")
			.baseUnit("seconds")
			.register(metrics);
		Gauge.builder("belfry.notifier.lag.entries", () -> this.lag.entries())
			.description("How many entries wait to be evaluated")
			.register(metrics);
		Gauge.builder("belfry.notifier.accounts.set.aside", () -> this.lag.setAside())
			.description("How many accounts wait since their turns failed again and again")
			.register(metrics);
	}

	Mono<Void> look() {
		return this.system.one(LAG).doOnNext(this::seen).then();
	}

	private void seen(Lag seen) {
		Instant now = this.clock.instant();
		if (seen.entries() == 0 || seen.turns() != this.lag.turns()) {
			this.movedAt = now;
		}
		this.lag = seen;
		report(stalledFor(now).compareTo(STALLED) >= 0);
	}

	private void report(boolean stalled) {
		if (stalled && !this.stalled) {
			log.warn("{} entries wait to be evaluated, and no node has evaluated any for {} s: e-mails are late",
					this.lag.entries(), stalledFor(this.clock.instant()).toSeconds());
		}
		else if (!stalled && this.stalled) {
			log.info("Entries are evaluated again");
		}
		this.stalled = stalled;
	}

	private Duration stalledFor(Instant now) {
		return (this.lag.entries() > 0) ? Duration.between(this.movedAt, now) : Duration.ZERO;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		health.status((this.stalled || this.lag.seconds() > STUCK.toSeconds()) ? "DOWN" : "UP")
			.withDetail("seconds", this.lag.seconds())
			.withDetail("entries", this.lag.entries())
			.withDetail("stalledSeconds", stalledFor(this.clock.instant()).toSeconds());
	}

	/**
	 * How many entries wait to be evaluated, how long the oldest of them waits, how many
	 * accounts are set aside, and how many turns have ended well.
	 */
	private record Lag(long entries, double seconds, long setAside, long turns) {
	}

}
