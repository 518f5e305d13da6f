package dev.belfry.store;

import java.util.function.Function;

import io.r2dbc.spi.Readable;

/**
 * A statement and how its rows are read. Parameters are {@code $1}, {@code $2} …; in a
 * statement of an account the first is the account.
 */
public record Query<T>(String sql, Function<? super Readable, T> row) {

	public static <T> Query<T> of(String sql, Function<? super Readable, T> row) {
		return new Query<>(sql, row);
	}

	/** A single number. */
	public static Query<Long> number(String sql) {
		return new Query<>(sql, (row) -> Rows.number(row, 0));
	}

}
