package dev.belfry.jobs.history;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.belfry.jobs.filter.FilterSql;
import dev.belfry.jobs.filter.FilterSql.Access;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Finds the entries of a range that match a filter, from one of its ends on. How common
 * the matches of a search are, and where in the log they lie, the planner can only guess,
 * and a wrong guess reads the whole log. So a search looks at the next few entries
 * itself, and goes on entry by entry only while that finds enough.
 */
final class JobScan {

	/** So many entries are looked at first, which takes some two milliseconds. */
	private static final int GLANCE = 2_000;

	/** So many at most are then looked at one by one. */
	private static final int WALK = 8_000;

	/** From so many matches in a glance on, a walk costs less than the index of terms. */
	private static final int ENOUGH = 2;

	private final AccountDatabase database;

	private final AccountId account;

	private final JobFilter filter;

	private final @Nullable Boolean read;

	private final boolean newestFirst;

	JobScan(AccountDatabase database, AccountId account, JobFilter filter, @Nullable Boolean read,
			boolean newestFirst) {
		this.database = database;
		this.account = account;
		this.filter = filter;
		this.read = read;
		this.newestFirst = newestFirst;
	}

	Mono<List<JobNotification>> first(int most, LogRange range) {
		if (this.filter.nothing() || range.isEmpty()) {
			return Mono.just(List.of());
		}
		return this.filter.isSearch() ? glance(most, range) : run(Access.IN_ORDER, most, range);
	}

	private Mono<List<JobNotification>> glance(int most, LogRange range) {
		return run(Access.IN_ORDER, most, near(range, GLANCE)).flatMap((found) -> (found.size() >= most)
				? Mono.just(found) : rest(found, most, beyond(range, GLANCE), found.size() >= ENOUGH));
	}

	private Mono<List<JobNotification>> rest(List<JobNotification> found, int most, LogRange rest, boolean walks) {
		int missing = most - found.size();
		return (walks ? walk(missing, rest) : run(Access.TOGETHER, missing, rest)).map((more) -> both(found, more));
	}

	private Mono<List<JobNotification>> walk(int most, LogRange range) {
		return run(Access.IN_ORDER, most, near(range, WALK)).flatMap(
				(found) -> (found.size() >= most) ? Mono.just(found) : rest(found, most, beyond(range, WALK), false));
	}

	private LogRange near(LogRange all, int length) {
		return this.newestFirst ? all.within(Math.max(all.oldest(), all.newest() - length + 1), all.newest())
				: all.within(all.oldest(), Math.min(all.newest(), all.oldest() + length - 1));
	}

	private LogRange beyond(LogRange all, int length) {
		return this.newestFirst ? all.within(all.oldest(), all.newest() - length)
				: all.within(all.oldest() + length, all.newest());
	}

	private Mono<List<JobNotification>> run(Access access, int most, LogRange range) {
		if (range.isEmpty()) {
			return Mono.just(List.of());
		}
		FilterSql conditions = FilterSql.ofRows(this.account, this.filter, access, most, range.oldest(),
				range.newest());
		String order = this.newestFirst ? " order by n.position desc" : " order by n.position";
		String within = " and n.position >= $2 and n.position <= $3";
		String sql = (this.read == null) ? conditions.rows(within, order)
				: byReading(conditions, within, range, this.read, order);
		return this.database
			.all(this.account,
					Query.of("select " + JobNotification.COLUMNS + " from (" + sql + ") n" + order + " limit "
							+ conditions.most(), JobNotification::of),
					conditions.conditions().parameters())
			.collectList();
	}

	/**
	 * Two branches, since what was read is a prefix of the log with exceptions on both
	 * sides: each is an ordered scan.
	 */
	private static String byReading(FilterSql conditions, String within, LogRange range, boolean read, String order) {
		ReadState state = ReadState.of(range, conditions.conditions());
		return "(" + conditions.rows(within + " and " + state.regular("n.position", read), order) + ") union all ("
				+ conditions.rows(within + " and " + state.excepted("n.position", read, "$2", "$3"), order) + ")";
	}

	private static List<JobNotification> both(List<JobNotification> first, List<JobNotification> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

}
