package dev.belfry.notifier;

import java.math.BigDecimal;
import java.time.Duration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import dev.belfry.accounts.SystemDatabase;

/**
 * How far the notifiers of all nodes are behind the logs, as a metric and as a part of
 * the health.
 */
@Component("notifierHealthIndicator")
class NotifierLag extends AbstractHealthIndicator {

	private static final Logger log = LoggerFactory.getLogger(NotifierLag.class);

	/** An entry that waited longer means that nobody evaluates. */
	private static final Duration STUCK = Duration.ofMinutes(10);

	private static final Query<Lag> LAG = Query.of(
			"""
					with behind as (
					  select l.account_id, coalesce(n.job_position, 0) as job_position, coalesce(n.event_position, 0) as event_position,
					         l.job_position + l.event_position - coalesce(n.job_position, 0) - coalesce(n.event_position, 0) as entries
					  from account_log l left join notifier n on n.account_id = l.account_id
					  where l.job_position > coalesce(n.job_position, 0) or l.event_position > coalesce(n.event_position, 0)
					)
					select coalesce(sum(b.entries), 0) as entries,
					       coalesce(max(extract(epoch from clock_timestamp() - least(j.recorded_at, e.recorded_at))), 0) as seconds
					from behind b
					left join lateral (
					  select n.recorded_at from job_notification n
					  where n.account_id = b.account_id and n.position > b.job_position order by n.position limit 1
					) j on true
					left join lateral (
					  select n.recorded_at from platform_event n
					  where n.account_id = b.account_id and n.position > b.event_position order by n.position limit 1
					) e on true""",
			(row) -> new Lag(Rows.get(row, "entries", BigDecimal.class).longValue(),
					Rows.get(row, "seconds", BigDecimal.class).doubleValue()));

	private final SystemDatabase system;

	private volatile Lag lag = new Lag(0, 0);

	NotifierLag(SystemDatabase system, MeterRegistry metrics) {
		super("The logs could not be compared with what is evaluated");
		this.system = system;
		Gauge.builder("belfry.notifier.lag", () -> this.lag.seconds())
			.description("How long the oldest entry waits that is not evaluated")
			.baseUnit("seconds")
			.register(metrics);
		Gauge.builder("belfry.notifier.lag.entries", () -> this.lag.entries())
			.description("How many entries are not evaluated")
			.register(metrics);
	}

	@Scheduled(fixedDelay = 15_000)
	void look() {
		this.system.one(LAG)
			.subscribe((lag) -> this.lag = lag,
					(problem) -> log.debug("The notifier's lag could not be read", problem));
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		health.status((this.lag.seconds() > STUCK.toSeconds()) ? "DOWN" : "UP")
			.withDetail("seconds", this.lag.seconds())
			.withDetail("entries", this.lag.entries());
	}

	/** How many entries are not evaluated, and how long the oldest of them waits. */
	private record Lag(long entries, double seconds) {
	}

}
