package dev.belfry.graphql.relay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.belfry.input.Refusal;
import dev.belfry.values.SortKey;

/**
 * Which part of a list is asked for, as the Relay cursor connection specification has it.
 * Keys are compared along the list's own order.
 *
 * @param most how many items
 * @param fromStart whether they are counted from the start ({@code first}) or the end
 * ({@code last})
 * @param after only items after this one, null for all
 * @param before only items before this one, null for all
 * @param cursors makes the cursor of an item of its key
 */
public record PageRequest(int most, boolean fromStart, @Nullable SortKey after, @Nullable SortKey before,
		Function<SortKey, String> cursors) {

	public static final int DEFAULT = 25;

	public static final int MOST = 100;

	public static PageRequest of(@Nullable Integer first, @Nullable SortKey after, @Nullable Integer last,
			@Nullable SortKey before, Function<SortKey, String> cursors) {
		if (first != null && last != null) {
			throw Refusal.badInput("Ask for the first or for the last items, not for both.", "last");
		}
		if (last != null) {
			return new PageRequest(checked(last, MOST, "last"), false, after, before, cursors);
		}
		return new PageRequest((first != null) ? checked(first, MOST, "first") : DEFAULT, true, after, before, cursors);
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

	/**
	 * How many items to look for: one more than shown, to know whether there are more.
	 */
	public int sought() {
		return this.most + 1;
	}

	/** Those of the items found that are shown, in the list's own order. */
	public <T> List<T> shown(List<T> found) {
		List<T> shown = new ArrayList<>(found.subList(0, Math.min(found.size(), this.most)));
		if (!this.fromStart) {
			Collections.reverse(shown);
		}
		return shown;
	}

	/**
	 * The page that shows what was found, if there is something behind every cursor.
	 * @param found from the end where the page begins to count, up to one more than it
	 * shows
	 * @param key of an item
	 * @param show makes the nodes of those that are shown, in their order
	 */
	public <T, N> Connection<N> connection(List<T> found, Function<T, SortKey> key, Function<List<T>, List<N>> show) {
		return connection(found, key, show, (this.fromStart ? this.after : this.before) != null);
	}

	/**
	 * Likewise.
	 * @param behind whether there are items on the side that the page counts from
	 */
	public <T, N> Connection<N> connection(List<T> found, Function<T, SortKey> key, Function<List<T>, List<N>> show,
			boolean behind) {
		List<T> shown = shown(found);
		List<N> nodes = show.apply(shown);
		List<Edge<N>> edges = IntStream.range(0, nodes.size())
			.mapToObj((i) -> new Edge<>(nodes.get(i), key.apply(shown.get(i)), this.cursors))
			.toList();
		return new Connection<>(edges, new PageInfo(this.fromStart, found.size() > this.most, behind, edges));
	}

}
