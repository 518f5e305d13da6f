package dev.belfry.platform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a page shows, as the Relay cursor connection specification has it.
 * Keys are compared along the list's own order.
 *
 * @param most how many items
 * @param fromStart whether they are counted from the start ({@code first}) or the end
 * ({@code last})
 * @param after only items after this one, null for all
 * @param before only items before this one, null for all
 */
public record Slice(int most, boolean fromStart, @Nullable SortKey after, @Nullable SortKey before) {

	public static final int DEFAULT = 25;

	public static final int MOST = 100;

	public static Slice of(@Nullable Integer first, @Nullable SortKey after, @Nullable Integer last,
			@Nullable SortKey before) {
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

	/** The number of the item to go on after, in a list that is sorted by number. */
	public long numberAfter(long otherwise) {
		return (this.after != null) ? this.after.number() : otherwise;
	}

	/** The number of the item to stop before, likewise. */
	public long numberBefore(long otherwise) {
		return (this.before != null) ? this.before.number() : otherwise;
	}

	/** How many items to look for: one more than shown tells whether there are more. */
	public int sought() {
		return this.most + 1;
	}

	/** Whether more were found than are shown. */
	boolean hasMore(List<?> found) {
		return found.size() > this.most;
	}

	/** Those of the items found that are shown, in the list's own order. */
	<T> List<T> shown(List<T> found) {
		List<T> shown = new ArrayList<>(hasMore(found) ? found.subList(0, this.most) : found);
		if (!this.fromStart) {
			Collections.reverse(shown);
		}
		return shown;
	}

}
