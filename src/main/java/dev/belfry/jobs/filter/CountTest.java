package dev.belfry.jobs.filter;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A condition on one count. A job that did not report the count fails every test of it.
 */
public record CountTest(String name, CountOperator operator, long value) {

	/** Counts are at most 2^53 - 1. */
	private static final int MOST_BITS = 53;

	boolean matches(Map<String, Long> counts) {
		Long count = counts.get(this.name);
		return count != null && this.operator.holds(count, this.value);
	}

	/**
	 * The labels that a matching entry has one of. A count's label tells its number of
	 * bits, which narrows an index look-up to within a factor of two of the rows that
	 * match.
	 */
	Stream<String> labels() {
		int bits = bits(Math.max(this.value, 0));
		IntStream possible = switch (this.operator) {
			case EQUALS -> IntStream.of(bits);
			case NOT_EQUALS -> IntStream.rangeClosed(0, MOST_BITS);
			case GREATER_THAN, AT_LEAST -> IntStream.rangeClosed(bits, MOST_BITS);
			case LESS_THAN, AT_MOST -> IntStream.rangeClosed(0, bits);
		};
		return possible.mapToObj((number) -> label(number, this.name));
	}

	/** As a predicate of SQL's JSON path language. */
	String jsonPath() {
		return "$.\"" + this.name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" " + this.operator.symbol() + " "
				+ this.value;
	}

	public static String label(String name, long count) {
		return label(bits(count), name);
	}

	private static String label(int bits, String name) {
		return "=c:" + bits + ":" + name;
	}

	private static int bits(long count) {
		return Long.SIZE - Long.numberOfLeadingZeros(count);
	}

}
