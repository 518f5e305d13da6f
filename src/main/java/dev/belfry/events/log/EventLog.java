package dev.belfry.events.log;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** An account's log of events, by positions. */
@Component
public class EventLog {

	private static final Query<PlatformEvent> AFTER = Query
		.of("""
				select l.* from (
				  select e.*, sum(octet_length(e.payload::text)) over (order by e.position) - octet_length(e.payload::text) as before
				  from (%s and e.position > $2 order by e.position limit $3) e
				) l where l.before < $4 order by l.position"""
			.formatted(EventRows.SELECT), EventRows::event);

	private static final Query<PlatformEvent> BY_POSITIONS = Query.of(EventRows.SELECT + " and e.position = any ($2)",
			EventRows::event);

	private static final Query<PlatformEvent> OF_TYPE = Query.of(EventRows.SELECT + """
			 and e.type = $2 and (e.recorded_at, e.position) > ($3, $4) and e.recorded_at < $5
			order by e.recorded_at, e.position limit $6""", EventRows::event);

	private final AccountDatabase database;

	EventLog(AccountDatabase database) {
		this.database = database;
	}

	/**
	 * The events after a position, oldest first, at most so many. Positions that
	 * retention has removed are passed over.
	 * @param bytes no more follow once their payloads have as many together
	 */
	public Mono<List<PlatformEvent>> after(AccountId account, long position, int most, long bytes) {
		return this.database.all(account, AFTER, position, most, bytes).collectList();
	}

	/**
	 * The events of a type that were logged before an instant, oldest first, at most so
	 * many.
	 * @param from only those that were logged at this instant or later
	 * @param position of those that were logged at this instant, only the ones after it
	 */
	public Mono<List<PlatformEvent>> ofType(AccountId account, String type, Instant from, long position, Instant to,
			int most) {
		return this.database.all(account, OF_TYPE, type, from, position, to, most).collectList();
	}

	/** The event at a position, or nothing. */
	public Mono<PlatformEvent> byPosition(AccountId account, long position) {
		return byPositions(account, List.of(position)).mapNotNull((found) -> found.get(position));
	}

	/** Those events that there are at some positions. */
	public Mono<Map<Long, PlatformEvent>> byPositions(AccountId account, Collection<Long> positions) {
		return this.database.all(account, BY_POSITIONS, Param.numbers(positions)).collectMap(PlatformEvent::position);
	}

}
