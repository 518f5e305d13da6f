package dev.belfry.benchmark;

/**
 * Which parts of a benchmark are asked for: those whose names begin with
 * {@code -Dbelfry.benchmark.only=…}; without it all. What is not whole is not kept.
 */
public final class Only {

	private static final String BEGINNING = System.getProperty("belfry.benchmark.only", "");

	private Only() {
	}

	public static boolean asks(String part) {
		return part.startsWith(BEGINNING);
	}

	public static boolean asksForAll() {
		return BEGINNING.isEmpty();
	}

}
