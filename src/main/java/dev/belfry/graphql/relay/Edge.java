package dev.belfry.graphql.relay;

import java.util.function.Function;

import dev.belfry.values.SortKey;

/**
 * An item of a page with the cursor to go on from.
 *
 * @param key that the cursor carries
 * @param cursors makes it, if it is asked for
 */
public record Edge<N>(N node, SortKey key, Function<SortKey, String> cursors) {

	public String cursor() {
		return this.cursors.apply(this.key);
	}

}
