package dev.belfry.start;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Belfry does not start, for a reason that whoever starts it can remove. */
public final class StartRefused extends RuntimeException {

	private static final Duration LONGEST = Duration.ofDays(3650);

	private final String action;

	/**
	 * Refuses to start: why, in a sentence or two, and what to do about it.
	 */
	public StartRefused(String why, String action) {
		this(why, action, null);
	}

	public StartRefused(String why, String action, @Nullable Throwable cause) {
		super(why, cause);
		this.action = action;
	}

	/** Refuses what a setting cannot be. */
	public static void unless(boolean good, String why, String action) {
		if (!good) {
			throw new StartRefused(why, action);
		}
	}

	/** Refuses a number below zero. */
	public static void ifNegative(String setting, int value) {
		unless(value >= 0, setting + " is " + value + ".", "Set it to a number that is not negative.");
	}

	/** Refuses a time that does not go on, or longer than anybody waits. */
	public static void unlessPositive(String setting, Duration time) {
		unless(time.toMillis() > 0 && time.compareTo(LONGEST) <= 0, setting + " is " + time + ".",
				"Set it to a time from 1ms to 3650d, for example 10s.");
	}

	public String action() {
		return this.action;
	}

}
