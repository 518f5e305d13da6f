package dev.belfry.store;

import java.util.function.Function;

import io.r2dbc.spi.Readable;

/**
 * A statement and how its rows are read. Parameters are {@code $1}, {@code $2} …; in a
 * statement of an account the first is the account.
 */
public record Query<T>(String sql, Function<? super Readable, T> row) {

	/**
	 * A condition that is true, for statements whose plan depends on the values of their
	 * parameters: how common a word is, or whether there is a filter at all. PostgreSQL
	 * keeps a statement's plan when it seems to cost no more than those made for each
	 * call's values. With this condition it seems to cost very much; a plan for the
	 * values sees that it is true, and leaves it out.
	 */
	public static final String PLANNED_FOR_VALUES = " and ($1 is not null or (select count(*) from generate_series(1, 1000000000)) > 0)";

	public static <T> Query<T> of(String sql, Function<? super Readable, T> row) {
		return new Query<>(sql, row);
	}

	/** A single number. */
	public static Query<Long> number(String sql) {
		return new Query<>(sql, (row) -> Rows.number(row, 0));
	}

}
