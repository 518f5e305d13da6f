package dev.belfry.platform;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Where a page stands in its list, as the Relay cursor connection specification has it.
 */
public record PageInfo(boolean hasNextPage, boolean hasPreviousPage, @Nullable String startCursor,
		@Nullable String endCursor) {

	/**
	 * Of a page with these edges.
	 * @param cursor the cursor of an edge
	 */
	public static <E> PageInfo of(boolean hasNextPage, boolean hasPreviousPage, List<E> edges,
			Function<E, String> cursor) {
		return edges.isEmpty() ? new PageInfo(hasNextPage, hasPreviousPage, null, null) : new PageInfo(hasNextPage,
				hasPreviousPage, cursor.apply(edges.get(0)), cursor.apply(edges.get(edges.size() - 1)));
	}

}
