package dev.belfry.platform;

import java.util.List;
import java.util.function.Function;

/** A page of a list, as the Relay cursor connection specification has it. */
public record Connection<N>(List<Edge<N>> edges, PageInfo pageInfo) {

	/**
	 * The page that a slice shows.
	 * @param found what was found from the end where the slice begins to count, up to one
	 * more than it shows
	 * @param edges makes the edges of those that are shown, in their order
	 */
	public static <T, N> Connection<N> of(Slice slice, List<T> found, Function<List<T>, List<Edge<N>>> edges) {
		List<Edge<N>> shown = edges.apply(slice.shown(found));
		boolean hasMore = slice.hasMore(found);
		return new Connection<>(shown, PageInfo.of(slice.fromStart() ? hasMore : slice.before() != null,
				slice.fromStart() ? slice.after() != null : hasMore, shown, Edge::cursor));
	}

	public List<N> nodes() {
		return this.edges.stream().map(Edge::node).toList();
	}

}
