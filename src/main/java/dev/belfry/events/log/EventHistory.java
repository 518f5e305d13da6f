package dev.belfry.events.log;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Conditions;
import dev.belfry.store.Query;
import dev.belfry.values.SortKey;
import dev.belfry.values.TimeRange;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** An account's log of events, newest first, by pages. */
@Component
class EventHistory {

	private final AccountDatabase database;

	EventHistory(AccountDatabase database) {
		this.database = database;
	}

	/** The newest events that a question asks for. */
	Mono<List<PlatformEvent>> page(AccountId account, Question question, int most) {
		Conditions conditions = question.conditions();
		String sql = EventRows.SELECT + conditions.sql() + " order by e.recorded_at desc, e.position desc limit "
				+ conditions.parameter(most);
		return this.database.all(account, Query.of(sql, EventRows::event), conditions.parameters()).collectList();
	}

	/** By when they were recorded, and then by position. */
	static SortKey sortKey(PlatformEvent event) {
		return new SortKey(event.recordedAt().toString(), event.position());
	}

	/**
	 * Which events to show. What is null asks nothing.
	 *
	 * @param type the key of their type
	 * @param recordedAt when they were logged
	 * @param after only those older than this
	 */
	record Question(@Nullable String type, TimeRange recordedAt, @Nullable SortKey after) {

		private Conditions conditions() {
			Conditions conditions = new Conditions().and("e.type = %s", this.type)
				.and("e.recorded_at >= %s", this.recordedAt.from())
				.and("e.recorded_at < %s", this.recordedAt.to());
			// Of the same order as the indexes.
			return (this.after == null) ? conditions
					: conditions.and(
							"(e.recorded_at, e.position) < (%s, " + conditions.parameter(this.after.number()) + ")",
							Instant.parse(Objects.requireNonNull(this.after.value())));
		}

	}

}
