package dev.belfry.jobs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The part of a statement that says which entries match a filter, with its parameters.
 * There are few shapes of it, so that the server's prepared statements are used again;
 * the ranges of {@code recordedAt} are ranges of positions and not part of it.
 */
final class JobConditions {

	private final StringBuilder sql = new StringBuilder();

	private final List<Object> parameters = new ArrayList<>();

	/**
	 * @param filter what to match
	 * @param parameters those that the statement has before, but for the account
	 */
	static JobConditions of(JobFilter filter, Object... parameters) {
		JobConditions conditions = new JobConditions();
		conditions.parameters.addAll(List.of(parameters));
		conditions.add(" and n.finished_at >= %s", time(filter.finishedAt().from()));
		conditions.add(" and n.finished_at < %s", time(filter.finishedAt().to()));
		conditions.add(" and n.counts @@ %s::jsonpath", filter.countsPath());
		conditions.addLabels(filter);
		return conditions;
	}

	/**
	 * An integration alone is an index range of its own, newest first; all else is looked
	 * up by terms.
	 */
	private void addLabels(JobFilter filter) {
		if (filter.integrationIds().size() == 1) {
			add(" and n.integration_id = %s", filter.integrationIds().iterator().next());
		}
		boolean integrationAlone = filter.integrationIds().size() == 1;
		add(" and n.terms @@ %s::tsquery", filter.terms(!integrationAlone));
	}

	private void add(String condition, @Nullable Object value) {
		if (value != null) {
			this.sql.append(condition.formatted(parameter(value)));
		}
	}

	/** Adds a parameter and answers how the statement names it. */
	String parameter(Object value) {
		this.parameters.add(value);
		return "$" + (this.parameters.size() + 1);
	}

	String sql() {
		return this.sql.toString();
	}

	Object[] parameters() {
		return this.parameters.toArray();
	}

	private static @Nullable Object time(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

}
