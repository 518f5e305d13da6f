package dev.belfry.jobs;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
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
 * Removes what has been kept long enough, from the old end of each log, in small steps
 * beside the traffic. Any node may do it: a step takes the account's row, so two only
 * take turns.
 */
@Component
public class Retention {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	private static final int STEP = 500;

	private static final int RUNS_KEPT_LONGER_DAYS = 30;

	/** Accounts whose oldest entry is past its time. */
	private static final Query<Due> DUE = Query.of("""
			select a.account_id, a.retention_days
			from account a
			join account_log l on l.account_id = a.account_id and l.job_position > l.job_floor
			join job_notification n on n.account_id = l.account_id and n.position = l.job_floor + 1
			where n.recorded_at < $1::timestamptz - make_interval(days => a.retention_days)
			order by a.account_id""", Due::of);

	private static final Query<Long> REMOVE = Query.number("select remove_expired_jobs($1, $2, $3)::bigint");

	private static final Query<Long> FLOOR = Query.number("select job_floor from account_log where account_id = $1");

	private static final Query<Long> FORGET_RUNS = Query.number("""
			with gone as (
			  delete from job_run where (account_id, run_id) in (
			    select r.account_id, r.run_id from account a cross join lateral (
			      select r.account_id, r.run_id from job_run r
			      where r.account_id = a.account_id
			        and r.recorded_at < $1::timestamptz - make_interval(days => a.retention_days + $2::int)
			      order by r.recorded_at limit $3
			    ) r
			  ) returning 1
			) select count(*) from gone""");

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private volatile boolean running;

	Retention(SystemDatabase system, AccountDatabase database, ApplicationEventPublisher events, Clock clock) {
		this.system = system;
		this.database = database;
		this.events = events;
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
				.warn("Retention stopped half-way and goes on at its next turn: {}", problem.getMessage()));
	}

	/** Removes all that is due and answers how many notifications that were. */
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
			.reduce(0L, Long::sum)
			.flatMap((removed) -> announce(account).thenReturn(removed));
	}

	private Mono<Long> announce(AccountId account) {
		return this.database.one(account, FLOOR)
			.doOnNext((floor) -> this.events.publishEvent(new LogFloorMoved(account, floor)));
	}

	private Mono<Void> forget(OffsetDateTime now) {
		return this.system.one(FORGET_RUNS, now, RUNS_KEPT_LONGER_DAYS, STEP)
			.repeat()
			.takeUntil((removed) -> removed == 0)
			.then();
	}

	private void report(long removed) {
		if (removed > 0) {
			log.info("Retention removed {} job notifications", removed);
		}
	}

	private record Due(AccountId account, int days) {

		static Due of(Readable row) {
			return new Due(new AccountId(Rows.number(row, "account_id")),
					Rows.get(row, "retention_days", Integer.class));
		}

	}

}
