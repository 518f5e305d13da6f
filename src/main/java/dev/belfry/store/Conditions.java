package dev.belfry.store;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Conditions that are put together for a statement, with its parameters. */
public final class Conditions {

	private final StringBuilder sql = new StringBuilder();

	private final List<Object> parameters;

	/**
	 * None yet.
	 * @param before the parameters that the statement has before, but for the account
	 */
	public Conditions(Object... before) {
		this.parameters = new ArrayList<>(List.of(before));
	}

	/** Adds one, with the value in the place of {@code %s}; null asks nothing. */
	public Conditions and(String condition, @Nullable Object value) {
		if (value != null) {
			this.sql.append(" and ").append(condition.formatted(parameter(value)));
		}
		return this;
	}

	/** Adds a parameter, and answers how the statement names it. */
	public String parameter(Object value) {
		this.parameters.add(value);
		return "$" + (this.parameters.size() + 1);
	}

	public boolean isEmpty() {
		return this.sql.isEmpty();
	}

	/** All of them, each after an {@code and}. The plan is made for their values. */
	public String sql() {
		return isEmpty() ? "" : this.sql + Query.PLANNED_FOR_VALUES;
	}

	public Object[] parameters() {
		return this.parameters.toArray();
	}

}
