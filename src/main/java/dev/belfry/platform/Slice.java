package dev.belfry.platform;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a page shows, as the Relay cursor connection specification has it.
 * Positions count along the list's own order.
 *
 * @param most how many items
 * @param fromStart whether they are counted from the start ({@code first}) or the end
 * ({@code last})
 * @param after only items after this one, null for all
 * @param before only items before this one, null for all
 */
public record Slice(int most, boolean fromStart, @Nullable Long after, @Nullable Long before) {

	public static final int DEFAULT = 25;

	public static final int MOST = 100;

	public static Slice of(@Nullable Integer first, @Nullable Long after, @Nullable Integer last,
			@Nullable Long before) {
		if (first != null && last != null) {
			throw Refusal.badInput("Ask for the first or for the last items, not for both.", "last");
		}
		if (last != null) {
			return new Slice(checked(last, MOST, "last"), false, after, before);
		}
		return new Slice((first != null) ? checked(first, MOST, "first") : DEFAULT, true, after, before);
	}

	public static int checked(int number, int most, String argument) {
		if (number < 1 || number > most) {
			throw Refusal.badInput("Ask for 1 to " + most + " items; " + number + " is outside of that.", argument);
		}
		return number;
	}

}
