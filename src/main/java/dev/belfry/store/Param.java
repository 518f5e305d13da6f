package dev.belfry.store;

import java.util.Collection;
import java.util.function.Function;

import io.r2dbc.spi.Parameters;
import org.jspecify.annotations.Nullable;

/** Parameters of statements that are not given as they are. */
public final class Param {

	private Param() {
	}

	/** A value that may be null, of which the database has to know the type. */
	public static Object of(@Nullable Object value, Class<?> type) {
		return (value != null) ? value : Parameters.in(type);
	}

	/** An array of numbers. */
	public static Object numbers(Collection<Long> values) {
		return values.toArray(Long[]::new);
	}

	/** A number of each. */
	public static <T> Object numbers(Collection<T> values, Function<? super T, Long> number) {
		return values.stream().map(number).toArray(Long[]::new);
	}

	/** An array of texts. */
	public static Object texts(Collection<String> values) {
		return values.toArray(String[]::new);
	}

	/** A text of each. */
	public static <T> Object texts(Collection<T> values, Function<? super T, String> text) {
		return values.stream().map(text).toArray(String[]::new);
	}

}
