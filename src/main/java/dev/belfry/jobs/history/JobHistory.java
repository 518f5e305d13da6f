package dev.belfry.jobs.history;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.jobs.filter.FilterSql;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Conditions;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.values.TimeRange;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The log read backwards: pages, counts and single entries. */
@Component
public class JobHistory {

	/** Beyond this, counts stop and say so. */
	public static final int MOST_COUNTED = 10_000;

	private static final long NOBODY = -1;

	private static final Query<LogHead> HEAD = Query.of("""
			select job_position, job_problem_total, job_floor, job_floor_problem_total
			from log_end where account_id = $1""", LogHead::of);

	private static final Query<JobNotification> BY_POSITIONS = Query.of(
			"select " + JobNotification.COLUMNS
					+ " from job_notification n where n.account_id = $1 and n.position = any ($2)",
			JobNotification::of);

	private static final Query<JobNotification> RECENT = Query.of("select " + JobNotification.COLUMNS + """
			 from unnest($2::bigint[]) wanted (integration_id) cross join lateral (
			  select p.position
			  from job_tally t cross join lateral (
			    select n.position from job_notification n
			    where n.account_id = $1 and n.integration_id = t.integration_id and n.operation = t.operation
			      and n.outcome = t.outcome
			    order by n.position desc limit $3
			  ) p
			  where t.account_id = $1 and t.day = '-infinity' and t.integration_id = wanted.integration_id
			  order by p.position desc limit $3
			) p join job_notification n on n.account_id = $1 and n.position = p.position
			order by n.position desc""", JobNotification::of);

	private static final String NEWEST = "select " + JobNotification.COLUMNS
			+ " from job_notification n where n.account_id = $1 order by n.position desc limit ";

	/** The ends of the log with a page of all of it, or with no entry at all. */
	private static final String WHOLE_LOG = "select l.job_position, l.job_floor, m.read_position, "
			+ JobNotification.COLUMNS + """
					 from log_end l left join bell_mark m on m.account_id = $1 and m.user_id = $2 left join lateral (
					  select n.* from job_notification n
					  where n.account_id = $1 and n.position > greatest(l.job_floor, $3) and n.position < $4
					  order by n.position {order} limit {most}
					) n on true
					where l.account_id = $1 order by n.position {order}""";

	private static final Query<Long> READ = Query.number("""
			select p.position from unnest($3::bigint[]) p (position)
			join bell_mark m on m.account_id = $1 and m.user_id = $2
			where\s""" + new ReadState("m.read_position", "$2").isRead("p.position"));

	/** All in one row: the driver has as much to do for a row as for a hundred values. */
	private static final String TOGETHER = """
			select array_agg(integration_id) as integration_ids, array_agg(origin_id) as origin_ids,
			       array_agg(origin_kind) as origin_kinds, array_agg(operation) as operations, array_agg(outcome) as outcomes,
			       array_agg(notifications) as notifications
			from (%s) t""";

	/** Summed up before the joins, which are then few. */
	private static final String TALLIES = TOGETHER.formatted("""
			select t.integration_id, i.origin_id, i.origin_kind, t.operation, t.outcome, t.notifications
			from (
			  select t.integration_id, t.operation, t.outcome, sum(t.notifications)::bigint as notifications
			  from job_tally t
			  where t.account_id = $1 and t.day >= $2 and t.day < $3 and t.notifications > 0
			  group by t.integration_id, t.operation, t.outcome
			) t
			join integration_origin i on i.account_id = $1 and i.integration_id = t.integration_id""");

	private static final Query<List<Tallies.Tally>> TALLIES_BY_DAY = Query.of(TALLIES, JobHistory::tallies);

	private static final Query<List<Tallies.Tally>> TALLIES_OF_ALL = Query
		.of(TALLIES.replace("t.day >= $2 and t.day < $3", "t.day = '-infinity'"), JobHistory::tallies);

	private final AccountDatabase database;

	JobHistory(AccountDatabase database) {
		this.database = database;
	}

	public Mono<LogHead> head(AccountId account) {
		return this.database.one(account, HEAD);
	}

	/** What a page shows, as of now, and the range of the log that it is about. */
	public Mono<JobPage> page(AccountId account, JobFilter filter, @Nullable Boolean read, @Nullable Long userId,
			PageRequest page) {
		if (filter.equals(JobFilter.ALL) && read == null) {
			return wholeLog(account, user(userId), page);
		}
		return range(account, filter.recordedAt(), userId)
			.flatMap((range) -> page(account, filter, read, range, page).map((found) -> new JobPage(range, found)));
	}

	/** In one statement, since it is asked for most. */
	private Mono<JobPage> wholeLog(AccountId account, long user, PageRequest page) {
		String sql = WHOLE_LOG.replace("{order}", page.fromStart() ? "desc" : "asc")
			.replace("{most}", Integer.toString(page.sought()));
		return this.database
			.all(account, Query.of(sql, (row) -> new Found(LogRange.ofAll(row, user), entry(row))), user,
					page.numberBefore(0), page.numberAfter(Long.MAX_VALUE))
			.collectList()
			.map((rows) -> new JobPage(rows.get(0).range(),
					rows.stream().map(Found::entry).filter(Objects::nonNull).toList()));
	}

	private static @Nullable JobNotification entry(Readable row) {
		return (row.get("position") != null) ? JobNotification.of(row) : null;
	}

	/** The range of the log that a question is about, as of now. */
	public Mono<LogRange> range(AccountId account, TimeRange recordedAt, @Nullable Long userId) {
		long user = user(userId);
		return this.database.one(account, Query.of(LogRange.SQL, (row) -> LogRange.of(row, recordedAt, user)),
				Param.of(recordedAt.from(), Instant.class), Param.of(recordedAt.to(), Instant.class), user);
	}

	private static long user(@Nullable Long userId) {
		return (userId != null) ? userId : NOBODY;
	}

	/**
	 * What a page shows of a range, from the end where it begins to count, with one entry
	 * more if there is one.
	 */
	public Mono<List<JobNotification>> page(AccountId account, JobFilter filter, @Nullable Boolean read, LogRange range,
			PageRequest page) {
		long newest = Math.min(page.numberAfter(Long.MAX_VALUE) - 1, range.newest());
		long oldest = Math.max(page.numberBefore(0) + 1, range.oldest());
		return new JobScan(this.database, account, filter, read, page.fromStart()).first(page.sought(),
				range.within(oldest, newest));
	}

	/** Whether anything matches in a range. */
	public Mono<Boolean> any(AccountId account, JobFilter filter, @Nullable Boolean read, LogRange range) {
		return new JobScan(this.database, account, filter, read, true).first(1, range)
			.map((entries) -> !entries.isEmpty());
	}

	/**
	 * How many match; up to one more than {@link #MOST_COUNTED} unless all of them
	 * {@linkplain #areAllCounted are counted}.
	 */
	public Mono<Long> count(AccountId account, JobFilter filter, @Nullable Boolean read, LogRange range) {
		if (filter.nothing() || range.isEmpty()) {
			return Mono.just(0L);
		}
		if (read == null && filter.isOfRange()) {
			return Mono.just(range.size());
		}
		if (areAllCounted(filter, read)) {
			return tallies(account, filter, range).map((tallies) -> tallies.total(filter));
		}
		Conditions conditions = FilterSql.of(account, filter, range.oldest(), range.newest(), MOST_COUNTED + 1);
		String reading = (read != null)
				? " and (" + ReadState.of(range, conditions).isRead("n.position") + ") = " + read : "";
		String sql = "select count(*) from (select from job_notification n where n.account_id = $1"
				+ " and n.position >= $2 and n.position <= $3" + conditions.sql() + reading + " limit $4) n";
		return this.database.one(account, Query.number(sql), conditions.parameters());
	}

	/**
	 * Whether counting does not stop: positions or tallies say how many those are that
	 * match.
	 */
	public static boolean areAllCounted(JobFilter filter, @Nullable Boolean read) {
		return read == null && (filter.isOfRange() || filter.isCoveredByTallies());
	}

	/**
	 * What facets are made of: exact from the tallies, or else from the newest entries
	 * that match all but labels.
	 */
	public Mono<Tallies> tallies(AccountId account, JobFilter filter, LogRange range) {
		if (filter.nothing() || range.isEmpty()) {
			return Mono.just(new Tallies(List.of(), true));
		}
		return filter.isCoveredByTallies() ? kept(account, filter.recordedAt())
				: counted(account, filter.withoutLabels(), range);
	}

	private Mono<Tallies> kept(AccountId account, TimeRange range) {
		Mono<List<Tallies.Tally>> tallies = range.isOpen() ? this.database.one(account, TALLIES_OF_ALL)
				: this.database.one(account, TALLIES_BY_DAY, day(range.from(), Instant.EPOCH),
						day(range.to(), Instant.parse("9999-12-31T00:00:00Z")));
		return tallies.map((all) -> new Tallies(all, true));
	}

	private Mono<Tallies> counted(AccountId account, JobFilter filter, LogRange range) {
		Conditions conditions = FilterSql.of(account, filter, range.oldest(), range.newest(), MOST_COUNTED);
		String sql = """
				select n.integration_id, n.origin_id, n.origin_kind, n.operation, n.outcome, count(*) as notifications
				from (select n.integration_id, n.origin_id, n.origin_kind, n.operation, n.outcome
				      from job_notification n
				      where n.account_id = $1 and n.position >= $2 and n.position <= $3""" + conditions.sql() + """

				      order by n.position desc limit $4) n
				group by n.integration_id, n.origin_id, n.origin_kind, n.operation, n.outcome""";
		return this.database
			.one(account, Query.of(TOGETHER.formatted(sql), JobHistory::tallies), conditions.parameters())
			.map((all) -> new Tallies(all, all.stream().mapToLong(Tallies.Tally::notifications).sum() < MOST_COUNTED));
	}

	public Mono<Map<Long, JobNotification>> byPositions(AccountId account, Collection<Long> positions) {
		if (positions.isEmpty()) {
			return Mono.just(Map.of());
		}
		return this.database.all(account, BY_POSITIONS, Param.numbers(positions)).collectMap(JobNotification::position);
	}

	/** The newest entries of each integration, newest first. */
	public Mono<List<JobNotification>> recent(AccountId account, Collection<Long> integrationIds, int most) {
		return this.database.all(account, RECENT, Param.numbers(integrationIds), most).collectList();
	}

	/** The newest entries of the account, newest first. */
	public Mono<List<JobNotification>> newest(AccountId account, int most) {
		return this.database.all(account, Query.of(NEWEST + most, JobNotification::of)).collectList();
	}

	private static List<Tallies.Tally> tallies(Readable row) {
		Long[] integrationIds = row.get("integration_ids", Long[].class);
		if (integrationIds == null) {
			return List.of();
		}
		Long[] originIds = Rows.get(row, "origin_ids", Long[].class);
		String[] kinds = Rows.get(row, "origin_kinds", String[].class);
		String[] operations = Rows.get(row, "operations", String[].class);
		String[] outcomes = Rows.get(row, "outcomes", String[].class);
		Long[] notifications = Rows.get(row, "notifications", Long[].class);
		List<Tallies.Tally> tallies = new ArrayList<>(integrationIds.length);
		for (int i = 0; i < integrationIds.length; i++) {
			tallies.add(new Tallies.Tally(integrationIds[i], originIds[i], OriginKind.valueOf(kinds[i]), operations[i],
					JobOutcome.valueOf(outcomes[i]), notifications[i]));
		}
		return tallies;
	}

	private static Object day(@Nullable Instant instant, Instant otherwise) {
		return Optional.ofNullable(instant).orElse(otherwise).atOffset(ZoneOffset.UTC).toLocalDate();
	}

	/** Reads what a user has read among some positions. */
	public Mono<Set<Long>> read(AccountId account, long userId, Collection<Long> positions) {
		return this.database.all(account, READ, userId, Param.numbers(positions)).collect(Collectors.toSet());
	}

	/** A row of {@link #WHOLE_LOG}. */
	private record Found(LogRange range, @Nullable JobNotification entry) {
	}

}
