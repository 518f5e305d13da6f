package dev.belfry.jobs.filter;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import dev.belfry.store.Conditions;
import dev.belfry.store.Param;
import dev.belfry.viewer.AccountId;

/**
 * The part of a statement that says which entries match a filter, with its parameters.
 * There are few shapes of it, so that the server's prepared statements are used again;
 * the ranges of {@code recordedAt} are ranges of positions and not part of it.
 * <p>
 * A filter of labels alone is answered by kinds: the tallies know which integration,
 * operation and outcome have entries at all, and an index has the entries of each kind in
 * the order of the log. What that costs depends on the number of kinds and on nothing
 * else. All other filters go by terms.
 */
public final class FilterSql {

	private static final String ORIGINS = " join integration_origin i on i.account_id = t.account_id"
			+ " and i.integration_id = t.integration_id";

	private final Conditions conditions;

	private final Access access;

	private final @Nullable String kinds;

	private final String most;

	private FilterSql(Conditions conditions, Access access, @Nullable String kinds, String most) {
		this.conditions = conditions;
		this.access = access;
		this.kinds = kinds;
		this.most = most;
	}

	/** How to come by the rows that match. */
	public enum Access {

		/** One after the other, in the order of the log, until there are enough. */
		IN_ORDER,
		/** All of them by what they match, and only then the first of them. */
		TOGETHER

	}

	/**
	 * @param filter what to match
	 * @param parameters those that the statement has before, but for the account
	 */
	public static Conditions of(AccountId account, JobFilter filter, Object... parameters) {
		return new Conditions(parameters).and("n.finished_at >= %s", filter.finishedAt().from())
			.and("n.finished_at < %s", filter.finishedAt().to())
			.and("n.counts @@ %s::jsonpath", filter.countsPath())
			.and("n.terms @@ %s::tsquery", filter.terms(account));
	}

	/**
	 * For {@link #rows}, which may go by kinds. Without a filter the number of rows is in
	 * the statement, so that its plan can be kept; there are few sizes of pages.
	 * @param most how many rows
	 * @param oldest the second parameter of the statement
	 * @param newest the third parameter of the statement
	 */
	public static FilterSql ofRows(AccountId account, JobFilter filter, Access access, int most, long oldest,
			long newest) {
		if (!filter.isOfLabels()) {
			Conditions conditions = of(account, filter, oldest, newest);
			return new FilterSql(conditions, access, null,
					conditions.isEmpty() ? Integer.toString(most) : conditions.parameter(most));
		}
		Conditions conditions = new Conditions(oldest, newest).and("t.operation = any (%s)", texts(filter.operations()))
			.and("t.outcome = any (%s)", texts(filter.outcomes()))
			.and("t.integration_id = any (%s)", numbers(filter.integrationIds()))
			.and("i.origin_id = any (%s)", numbers(filter.originIds()))
			.and("i.origin_kind = any (%s)", texts(filter.originKinds()));
		boolean origins = !filter.originIds().isEmpty() || !filter.originKinds().isEmpty();
		return new FilterSql(conditions, access,
				"select t.integration_id, t.operation, t.outcome from job_tally t" + (origins ? ORIGINS : "")
						+ " where t.account_id = $1 and t.day = '-infinity' and t.notifications > 0" + conditions.sql(),
				conditions.parameter(most));
	}

	/** How many rows, as the statement says it. */
	public String most() {
		return this.most;
	}

	/**
	 * The first rows in an order of positions.
	 * @param more further conditions on {@code n}
	 */
	public String rows(String more, String order) {
		if (this.kinds == null && this.access == Access.IN_ORDER) {
			// No index is used for what has to be true as a whole.
			String sql = this.conditions.sql();
			String matches = sql.isEmpty() ? "" : " and (true" + sql + ") is true";
			return "select n.* from job_notification n where n.account_id = $1" + matches + more + order + limit();
		}
		String positions = (this.kinds == null) ? "select n.position from job_notification n where n.account_id = $1"
				+ this.conditions.sql() + more + order.replace("n.position", "n.position + 0")
				: positionsByKind(more, order);
		return "select n.* from (" + positions + limit()
				+ ") p join job_notification n on n.account_id = $1 and n.position = p.position" + order;
	}

	private String positionsByKind(String more, String order) {
		return "select n.position from (" + this.kinds + """
				) kind cross join lateral (
				 select n.position from job_notification n
				 where n.account_id = $1 and n.integration_id = kind.integration_id and n.operation = kind.operation
				   and n.outcome = kind.outcome""" + more + order + limit() + ") n" + order;
	}

	private String limit() {
		return " limit " + this.most;
	}

	public Conditions conditions() {
		return this.conditions;
	}

	private static @Nullable Object texts(Collection<?> values) {
		return values.isEmpty() ? null : Param.texts(values, Object::toString);
	}

	private static @Nullable Object numbers(Collection<Long> values) {
		return values.isEmpty() ? null : Param.numbers(values);
	}

}
