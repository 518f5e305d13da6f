package dev.belfry.notifier;

import java.time.Instant;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Query;
import dev.belfry.accounts.SystemDatabase;
import dev.belfry.log.Expiry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What came of an entry goes with the entry. */
@Component
class OutcomeExpiry implements Expiry {

	private static final int STEP = 500;

	private static final Query<Long> OUTCOMES = remove("notification_outcome", "log, position, topic, address");

	private static final Query<Long> EVALUATIONS = remove("alert_evaluation", "log, position, alert_id");

	private final SystemDatabase system;

	OutcomeExpiry(SystemDatabase system) {
		this.system = system;
	}

	@Override
	public String name() {
		return "reasons of e-mails";
	}

	@Override
	public Mono<Long> remove(Instant now) {
		return Flux.just(OUTCOMES, EVALUATIONS)
			.concatMap((remove) -> Expiry.inSteps(this.system.one(remove, STEP)))
			.reduce(0L, Long::sum);
	}

	/**
	 * @param key the columns of the primary key after the account
	 */
	private static Query<Long> remove(String table, String key) {
		return Query.number("""
				with gone as (
				  delete from %1$s where (account_id, %2$s) in (
				    select o.account_id, %2$s
				    from account_log l
				    cross join lateral (values ('JOBS', l.job_floor), ('EVENTS', l.event_floor)) f (of_log, floor)
				    cross join lateral (
				      select * from %1$s o
				      where o.account_id = l.account_id and o.log = f.of_log and o.position <= f.floor
				      order by o.position limit $1
				    ) o
				    where f.floor > 0 limit $1
				  ) returning 1
				) select count(*) from gone""".formatted(table, key));
	}

}
