package dev.belfry.events;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import dev.belfry.accounts.SystemDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes events that have been kept long enough, from the old end of each log, in small
 * steps beside the traffic. Any node may do it: a step takes the account's row, so two
 * only take turns.
 */
@Component
public class EventRetention {

	private static final Logger log = LoggerFactory.getLogger(EventRetention.class);

	private static final int STEP = 500;

	private static final int KEYS_KEPT_LONGER_DAYS = 30;

	/** Accounts whose oldest event is past its time. */
	private static final Query<Due> DUE = Query.of("""
			select a.account_id, a.retention_days
			from account a
			join account_log l on l.account_id = a.account_id and l.event_position > l.event_floor
			join platform_event e on e.account_id = l.account_id and e.position = l.event_floor + 1
			where e.recorded_at < $1::timestamptz - make_interval(days => a.retention_days)
			order by a.account_id""", Due::of);

	private static final Query<Long> REMOVE = Query.number("select remove_expired_events($1, $2, $3)::bigint");

	private static final Query<Long> FORGET_KEYS = Query.number("""
			with gone as (
			  delete from event_key where (account_id, event_id) in (
			    select k.account_id, k.event_id from account a cross join lateral (
			      select k.account_id, k.event_id from event_key k
			      where k.account_id = a.account_id
			        and k.recorded_at < $1::timestamptz - make_interval(days => a.retention_days + $2::int)
			      order by k.recorded_at limit $3
			    ) k
			  ) returning 1
			) select count(*) from gone""");

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final Clock clock;

	private volatile boolean running;

	EventRetention(SystemDatabase system, AccountDatabase database, Clock clock) {
		this.system = system;
		this.database = database;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${belfry.retention.initial-delay:1m}",
			fixedDelayString = "${belfry.retention.interval:15m}")
	void run() {
		if (this.running) {
			return;
		}
		this.running = true;
		remove().doFinally((signal) -> this.running = false)
			.subscribe(this::report, (problem) -> log
				.warn("Retention of events stopped half-way and goes on at its next turn: {}", problem.getMessage()));
	}

	/** Removes all that is due and answers how many events that were. */
	public Mono<Long> remove() {
		OffsetDateTime now = OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		return this.system.all(DUE, now)
			.collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap((due) -> remove(due.account(), now.minusDays(due.days())))
			.reduce(0L, Long::sum)
			.flatMap((removed) -> forget(now).thenReturn(removed));
	}

	private Mono<Long> remove(AccountId account, OffsetDateTime before) {
		return this.database.one(account, REMOVE, before, STEP)
			.repeat()
			.takeUntil((removed) -> removed < STEP)
			.reduce(0L, Long::sum);
	}

	private Mono<Void> forget(OffsetDateTime now) {
		return this.system.one(FORGET_KEYS, now, KEYS_KEPT_LONGER_DAYS, STEP)
			.repeat()
			.takeUntil((removed) -> removed == 0)
			.then();
	}

	private void report(long removed) {
		if (removed > 0) {
			log.info("Retention removed {} events", removed);
		}
	}

	private record Due(AccountId account, int days) {

		static Due of(Readable row) {
			return new Due(new AccountId(Rows.number(row, "account_id")),
					Rows.get(row, "retention_days", Integer.class));
		}

	}

}
