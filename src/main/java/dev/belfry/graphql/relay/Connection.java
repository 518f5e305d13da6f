package dev.belfry.graphql.relay;

import java.util.List;

/** A page of a list, as the Relay cursor connection specification has it. */
public record Connection<N>(List<Edge<N>> edges, PageInfo pageInfo) {

	public List<N> nodes() {
		return this.edges.stream().map(Edge::node).toList();
	}

}
