package dev.belfry.jobs;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.platform.Edge;
import dev.belfry.platform.Slice;

/** A page of the history with the question it answers, which its counts are of. */
record JobConnection(Reader reader, JobFilter filter, @Nullable Boolean read, Stretch stretch, Slice slice,
		List<JobNotificationView> nodes, boolean hasMore, String cursor) {

	public List<Edge<JobNotificationView>> edges() {
		return this.nodes.stream().map((node) -> new Edge<>(node.cursor(), node)).toList();
	}

}
