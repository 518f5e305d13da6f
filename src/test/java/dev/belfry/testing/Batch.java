package dev.belfry.testing;

import java.util.List;

/** A batch of the subscription {@code jobNotifications}, as far as tests look at it. */
public record Batch(List<Node> nodes, String startCursor, String endCursor, Gap gap) {

	/** A notification in a batch. */
	public record Node(String id, String cursor, String runId, String summary) {
	}

	/** What retention has removed. */
	public record Gap(String from, String to, long missed) {
	}

}
