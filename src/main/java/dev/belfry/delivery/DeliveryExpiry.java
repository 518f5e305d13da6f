package dev.belfry.delivery;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Query;
import dev.belfry.accounts.SystemDatabase;
import dev.belfry.log.Expiry;
import reactor.core.publisher.Mono;

/** Deliveries that have ended go, with their attempts; and the counts of past days. */
@Component
class DeliveryExpiry implements Expiry {

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

	DeliveryExpiry(SystemDatabase system) {
		this.system = system;
	}

	@Override
	public String name() {
		return "deliveries";
	}

	@Override
	public Mono<Long> remove(Instant now) {
		OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
		return Expiry.inSteps(this.system.one(REMOVE, time, STEP))
			.delayUntil((removed) -> this.system.one(FORGET_DAYS, time.toLocalDate()));
	}

}
