package dev.belfry.events.log;

import java.util.List;
import java.util.Map;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The logs of many accounts read forwards at once. */
@Component
public class RecordedEvents {

	private static final Query<RecordedEvent> AFTER = Query.of(
			"""
					select e.account_id, e.position, e.event_id, e.type, e.occurred_at, e.recorded_at, e.rules_version, e.payload
					from unnest($1::bigint[], $2::bigint[]) a (account_id, position) cross join lateral (
					  select e.* from platform_event e
					  where e.account_id = a.account_id and e.position > a.position
					  order by e.position limit $3
					) e order by e.account_id, e.position""",
			RecordedEvents::event);

	private final SystemDatabase system;

	RecordedEvents(SystemDatabase system) {
		this.system = system;
	}

	/** What each account has recorded after a position, oldest first, at most so many. */
	public Mono<List<RecordedEvent>> after(Map<AccountId, Long> positions, int most) {
		if (positions.isEmpty()) {
			return Mono.just(List.of());
		}
		return this.system
			.all(AFTER, Param.numbers(positions.keySet(), AccountId::value), Param.numbers(positions.values()), most)
			.collectList();
	}

	private static RecordedEvent event(Readable row) {
		return new RecordedEvent(new AccountId(Rows.number(row, "account_id")), EventRows.event(row));
	}

}
