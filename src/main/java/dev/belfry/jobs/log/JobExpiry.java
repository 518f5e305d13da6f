package dev.belfry.jobs.log;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.log.retention.Expiry;
import dev.belfry.log.retention.LogExpiry;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The log of completions loses its old end. */
@Configuration(proxyBeanMethods = false)
class JobExpiry {

	private static final Query<Long> FLOOR = Query.number("select job_floor from log_end where account_id = $1");

	@Bean
	Expiry jobNotifications(AccountDatabase database, ApplicationEventPublisher events) {
		return LogExpiry.entries("job notifications", "job", "job_notification", "remove_expired_jobs")
			.then((account) -> announce(account, database, events));
	}

	@Bean
	Expiry runIds() {
		return LogExpiry.keys("run ids", "job_run", "run_id", "true");
	}

	private static Mono<Void> announce(AccountId account, AccountDatabase database, ApplicationEventPublisher events) {
		return database.one(account, FLOOR)
			.doOnNext((floor) -> events.publishEvent(new LogFloorMoved(account, floor)))
			.then();
	}

}
