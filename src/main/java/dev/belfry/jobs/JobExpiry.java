package dev.belfry.jobs;

import java.time.Instant;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.log.Expiry;
import dev.belfry.log.LogExpiry;
import dev.belfry.log.LogExpiry.Tables;
import reactor.core.publisher.Mono;

/** The log of completions loses its old end. */
@Component
class JobExpiry implements Expiry {

	private static final Tables JOBS = Tables.of("job", "job_notification", "remove_expired_jobs", "job_run", "run_id");

	private static final Query<Long> FLOOR = Query.number("select job_floor from account_log where account_id = $1");

	private final LogExpiry expiry;

	private final AccountDatabase database;

	private final ApplicationEventPublisher events;

	JobExpiry(LogExpiry expiry, AccountDatabase database, ApplicationEventPublisher events) {
		this.expiry = expiry;
		this.database = database;
		this.events = events;
	}

	@Override
	public String name() {
		return "job notifications";
	}

	@Override
	public Mono<Long> remove(Instant now) {
		return this.expiry.remove(JOBS, now, this::announce);
	}

	private Mono<Void> announce(AccountId account) {
		return this.database.one(account, FLOOR)
			.doOnNext((floor) -> this.events.publishEvent(new LogFloorMoved(account, floor)))
			.then();
	}

}
