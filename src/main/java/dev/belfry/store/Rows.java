package dev.belfry.store;

import java.time.Instant;
import java.util.Objects;

import io.r2dbc.spi.Readable;

/** Reads columns that are never null. */
public final class Rows {

	private Rows() {
	}

	public static <T> T get(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

	public static String text(Readable row, String column) {
		return get(row, column, String.class);
	}

	public static long number(Readable row, String column) {
		return get(row, column, Long.class);
	}

	public static long number(Readable row, int column) {
		return Objects.requireNonNull(row.get(column, Long.class));
	}

	public static Instant instant(Readable row, String column) {
		return get(row, column, Instant.class);
	}

}
