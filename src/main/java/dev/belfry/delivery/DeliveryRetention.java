package dev.belfry.delivery;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.Query;
import dev.belfry.accounts.SystemDatabase;
import reactor.core.publisher.Mono;

/**
 * Removes deliveries that have ended once the account's retention is over, with their
 * attempts, in small steps; and the counts of past days.
 */
@Component
class DeliveryRetention {

	private static final Logger log = LoggerFactory.getLogger(DeliveryRetention.class);

	private static final int STEP = 500;

	private static final Query<Long> REMOVE = Query.number("""
			with gone as (
			  delete from delivery where (account_id, delivery_id) in (
			    select r.account_id, r.delivery_id from account a cross join lateral (
			      select d.account_id, d.delivery_id from delivery d
			      where d.account_id = a.account_id and d.state not in ('PENDING', 'SENDING', 'RETRYING')
			        and d.created_at < $1::timestamptz - make_interval(days => a.retention_days)
			      order by d.created_at limit $2
			    ) r limit $2
			  ) returning 1
			) select count(*) from gone""");

	private static final Query<Long> FORGET_DAYS = Query
		.number("with gone as (delete from mail_day where day < $1::date - 7 returning 1) select count(*) from gone");

	private final SystemDatabase system;

	private final Clock clock;

	private final AtomicBoolean running = new AtomicBoolean();

	DeliveryRetention(SystemDatabase system, Clock clock) {
		this.system = system;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${belfry.retention.initial-delay:1m}",
			fixedDelayString = "${belfry.retention.interval:15m}")
	void run() {
		if (this.running.compareAndSet(false, true)) {
			remove().doFinally((signal) -> this.running.set(false))
				.subscribe(DeliveryRetention::report,
						(problem) -> log.warn(
								"Retention of deliveries stopped half-way and goes on at its next turn: {}",
								problem.getMessage()));
		}
	}

	/** Removes all that is due and answers how many deliveries that were. */
	Mono<Long> remove() {
		OffsetDateTime now = OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		return this.system.one(REMOVE, now, STEP)
			.repeat()
			.takeUntil((removed) -> removed < STEP)
			.reduce(0L, Long::sum)
			.flatMap((removed) -> this.system.one(FORGET_DAYS, now.toLocalDate()).thenReturn(removed));
	}

	private static void report(long removed) {
		if (removed > 0) {
			log.info("Retention removed {} deliveries", removed);
		}
	}

}
