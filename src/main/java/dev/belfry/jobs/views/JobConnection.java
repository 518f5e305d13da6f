package dev.belfry.jobs.views;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.Cursors;
import dev.belfry.graphql.relay.Edge;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.history.LogRange;
import dev.belfry.jobs.marks.LogReader;

/** A page of the history with the question it answers, which its counts are of. */
record JobConnection(LogReader reader, JobFilter filter, @Nullable Boolean read, LogRange range, PageRequest request,
		Connection<JobNotificationView> page, Cursors cursors) {

	public List<Edge<JobNotificationView>> edges() {
		return this.page.edges();
	}

	public List<JobNotificationView> nodes() {
		return this.page.nodes();
	}

	public String cursor() {
		return this.cursors.encode(this.reader.account(), this.range.end());
	}

}
