package dev.belfry.jobs.history;

import java.util.Arrays;
import java.util.List;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.jobs.filter.FilterSql;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Conditions;
import dev.belfry.store.Query;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * The log read forwards, in short steps. Each step reads the log's ends and the entries
 * in one statement, so both are of the same moment.
 */
@Component
public class JobLog {

	/** A step looks at no more positions than this, however few of them match. */
	private static final int LONGEST_STEP = 5_000;

	private static final String ENDS = "l.job_position, l.job_problem_total, l.job_floor, l.job_floor_problem_total, ";

	private static final String TAIL = "select " + ENDS + JobNotification.COLUMNS + "\n" + """
			, tsvector_to_array(n.terms) as terms
			from log_end l left join lateral (
			  select n.* from job_notification n
			  where n.account_id = $1 and n.position > $2 and l.job_position - $2 <= $3
			  order by n.position
			) n on true where l.account_id = $1 order by n.position""";

	private static final Query<Row> TAIL_QUERY = Query.of(TAIL, Row::ofTail);

	private final AccountDatabase database;

	JobLog(AccountDatabase database) {
		this.database = database;
	}

	/** What matches after a position, at most so many entries. */
	public Mono<Step> after(AccountId account, long position, JobFilter filter, int most) {
		Conditions conditions = FilterSql.of(account, filter, position, (long) LONGEST_STEP, most)
			.and("n.recorded_at >= %s", filter.recordedAt().from())
			.and("n.recorded_at < %s", filter.recordedAt().to());
		String never = filter.nothing() ? " and false" : "";
		String sql = "select " + ENDS + JobNotification.COLUMNS + "\n" + """
				from log_end l left join lateral (
				 select n.* from job_notification n
				 where n.account_id = $1 and n.position > greatest($2, l.job_floor)
				   and n.position <= greatest($2, l.job_floor) + $3""" + conditions.sql() + never + """

				  order by n.position limit $4
				) n on true where l.account_id = $1 order by n.position""";
		return this.database.all(account, Query.of(sql, Row::of), conditions.parameters())
			.collectList()
			.map((rows) -> step(position, rows, most));
	}

	/**
	 * The ends of the log, and all entries after a position with their words; no entries
	 * if there are more than so many.
	 */
	public Mono<Tail> tail(AccountId account, long position, int most) {
		return this.database.all(account, TAIL_QUERY, position, (long) most).collectList().map(JobLog::tail);
	}

	private static Step step(long position, List<Row> rows, int most) {
		LogHead head = rows.get(0).head();
		List<JobNotification> entries = rows.stream().map(Row::entry).filter((entry) -> entry != null).toList();
		long from = Math.max(position, head.floor());
		long seen = Math.min(from + LONGEST_STEP, head.position());
		long to = (entries.size() == most) ? entries.get(most - 1).position() : Math.max(seen, from);
		return new Step(head, from, to, entries);
	}

	private static Tail tail(List<Row> rows) {
		List<LogEntry> entries = rows.stream()
			.filter((row) -> row.entry() != null && row.words() != null)
			.map((row) -> new LogEntry(row.entry(), row.words()))
			.toList();
		return new Tail(rows.get(0).head(), entries);
	}

	/**
	 * What matches in a range of the log.
	 *
	 * @param from where it begins (exclusive): later than asked if retention has removed
	 * what lay there
	 * @param to where it ends (inclusive)
	 */
	public record Step(LogHead head, long from, long to, List<JobNotification> entries) {
	}

	/** The ends of the log and its newest entries. */
	public record Tail(LogHead head, List<LogEntry> entries) {
	}

	private record Row(LogHead head, @Nullable JobNotification entry, String @Nullable [] words) {

		static Row of(Readable row) {
			return new Row(LogHead.of(row), (row.get("position") != null) ? JobNotification.of(row) : null, null);
		}

		static Row ofTail(Readable row) {
			String[] terms = row.get("terms", String[].class);
			return new Row(LogHead.of(row), (terms != null) ? JobNotification.of(row) : null,
					(terms != null) ? words(terms) : null);
		}

		private static String[] words(String[] terms) {
			return Arrays.stream(terms).filter((term) -> !term.startsWith("=")).sorted().toArray(String[]::new);
		}

	}

}
