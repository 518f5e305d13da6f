package dev.belfry.graphql.relay;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Information about a page, as in the Relay cursor connection specification.
 *
 * @param fromStart whether the page is counted from the start of the list
 * @param more whether there are items beyond it, away from where it is counted from
 * @param behind whether there are items on the other side
 */
public record PageInfo(boolean fromStart, boolean more, boolean behind, List<? extends Edge<?>> edges) {

	public boolean hasNextPage() {
		return this.fromStart ? this.more : this.behind;
	}

	public boolean hasPreviousPage() {
		return this.fromStart ? this.behind : this.more;
	}

	public @Nullable String startCursor() {
		return this.edges.isEmpty() ? null : this.edges.get(0).cursor();
	}

	public @Nullable String endCursor() {
		return this.edges.isEmpty() ? null : this.edges.get(this.edges.size() - 1).cursor();
	}

	/** The same, once it is known whether there are items on the other side. */
	public PageInfo withBehind(boolean behind) {
		return new PageInfo(this.fromStart, this.more, behind, this.edges);
	}

}
