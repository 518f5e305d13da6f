package dev.belfry.events;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.platform.SortKey;
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
		List<Object> parameters = new ArrayList<>();
		String sql = EventRows.SELECT + question.conditions(parameters)
				+ " order by e.recorded_at desc, e.position desc" + " limit " + parameter(parameters, most);
		return this.database.all(account, Query.of(sql, EventRows::event), parameters.toArray()).collectList();
	}

	/** By when they were recorded, and then by position. */
	static SortKey sortKey(PlatformEvent event) {
		return new SortKey(event.recordedAt().toString(), event.position());
	}

	private static OffsetDateTime recordedAt(SortKey key) {
		return Instant.parse(Objects.requireNonNull(key.value())).atOffset(ZoneOffset.UTC);
	}

	/** The account is the first. */
	private static String parameter(List<Object> parameters, Object value) {
		parameters.add(value);
		return "$" + (parameters.size() + 1);
	}

	/**
	 * Which events to show. What is null asks nothing.
	 *
	 * @param type the key of their type
	 * @param from when they were logged at the earliest
	 * @param to before when they were logged
	 * @param after only those older than this
	 */
	record Question(@Nullable String type, @Nullable Instant from, @Nullable Instant to, @Nullable SortKey after) {

		private String conditions(List<Object> parameters) {
			StringBuilder sql = new StringBuilder();
			if (this.type != null) {
				sql.append(" and e.type = ").append(parameter(parameters, this.type));
			}
			if (this.from != null) {
				sql.append(" and e.recorded_at >= ").append(parameter(parameters, this.from.atOffset(ZoneOffset.UTC)));
			}
			if (this.to != null) {
				sql.append(" and e.recorded_at < ").append(parameter(parameters, this.to.atOffset(ZoneOffset.UTC)));
			}
			if (this.after != null) {
				// Of the same order as the indexes.
				sql.append(" and (e.recorded_at, e.position) < (")
					.append(parameter(parameters, recordedAt(this.after)))
					.append(", ")
					.append(parameter(parameters, this.after.number()))
					.append(")");
			}
			return sql.toString();
		}

	}

}
