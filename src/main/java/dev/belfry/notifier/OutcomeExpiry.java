package dev.belfry.notifier;

import java.time.Instant;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Query;
import dev.belfry.accounts.SystemDatabase;
import dev.belfry.log.Expiry;
import reactor.core.publisher.Mono;

/** What came of an entry goes with the entry. */
@Component
class OutcomeExpiry implements Expiry {

	private static final int STEP = 500;

	private static final Query<Long> REMOVE = Query.number("""
			with gone as (
			  delete from notification_outcome where (account_id, log, position, topic, address) in (
			    select o.account_id, o.log, o.position, o.topic, o.address
			    from account_log l
			    cross join lateral (values ('JOBS', l.job_floor), ('EVENTS', l.event_floor)) f (log, floor)
			    cross join lateral (
			      select * from notification_outcome o
			      where o.account_id = l.account_id and o.log = f.log and o.position <= f.floor
			      order by o.position limit $1
			    ) o
			    where f.floor > 0 limit $1
			  ) returning 1
			) select count(*) from gone""");

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
		return Expiry.inSteps(this.system.one(REMOVE, STEP));
	}

}
