package dev.belfry.jobs;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.platform.Connection;
import dev.belfry.platform.Edge;
import dev.belfry.platform.PageRequest;

/** A page of the history with the question it answers, which its counts are of. */
record JobConnection(Reader reader, JobFilter filter, @Nullable Boolean read, Stretch stretch, PageRequest request,
		Connection<JobNotificationView> page, String cursor) {

	public List<Edge<JobNotificationView>> edges() {
		return this.page.edges();
	}

	public List<JobNotificationView> nodes() {
		return this.page.nodes();
	}

}
