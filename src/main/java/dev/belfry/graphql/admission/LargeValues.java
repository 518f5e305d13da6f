package dev.belfry.graphql.admission;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells what takes long to read or to write: variables of a request, data of an answer.
 */
final class LargeValues {

	/** As many values as that take some milliseconds. */
	private static final int LARGE = 5_000;

	/** So many characters take as long as a value. */
	private static final int CHARACTERS = 100;

	private LargeValues() {
	}

	/** Looks at no more of it than is needed. */
	static boolean isLarge(@Nullable Object values) {
		return left(values, LARGE) <= 0;
	}

	private static int left(@Nullable Object value, int before) {
		int left = before - 1;
		if (value instanceof CharSequence text) {
			return left - text.length() / CHARACTERS;
		}
		Collection<?> parts = (value instanceof Map<?, ?> map) ? map.values()
				: (value instanceof Collection<?> list) ? list : null;
		if (parts != null) {
			for (Object part : parts) {
				if (left <= 0) {
					return left;
				}
				left = left(part, left);
			}
		}
		return left;
	}

}
