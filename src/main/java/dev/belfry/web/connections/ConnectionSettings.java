package dev.belfry.web.connections;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.belfry.start.StartRefused;

/**
 * What connections to this node may take and hold. All limits are of one node.
 *
 * @param limit how many there may be; 0: as many as the process has descriptors for, but
 * for the reserve
 * @param reserve how many descriptors are kept for the database, the relay, files and
 * health
 * @param headTimeout how long the head of the first request may take
 * @param idleTimeout how long the next request may take to come, with its head
 * @param bodyTimeout how long a body may be slower than {@code bodyRate}
 * @param bodyRate how much of a body must come in a second, after {@code bodyTimeout}
 * @param bodyMemory how much all bodies of requests that are not answered may hold; 0: a
 * quarter of the heap
 * @param unreadTimeout how long a client may take nothing of what waits for it
 * @param unreadMemory how much may wait for all clients; 0: an eighth of the heap
 */
@ConfigurationProperties("belfry.connections")
public record ConnectionSettings(@DefaultValue("0") int limit, @DefaultValue("64") int reserve,
		@DefaultValue("10s") Duration headTimeout, @DefaultValue("75s") Duration idleTimeout,
		@DefaultValue("10s") Duration bodyTimeout, @DefaultValue("32KB") DataSize bodyRate,
		@DefaultValue("0B") DataSize bodyMemory, @DefaultValue("40s") Duration unreadTimeout,
		@DefaultValue("0B") DataSize unreadMemory) {

	/** Of the heap: for bodies, which take more of it once they are read. */
	private static final int BODY_SHARE = 4;

	private static final int UNREAD_SHARE = 8;

	/** Reserved descriptors with which a node can still tell how it is. */
	static final int GUESTS = 16;

	public ConnectionSettings {
		StartRefused.unless(limit >= 0, "belfry.connections.limit is " + limit + ".",
				"Set it to a number above 0, or to 0 for as many as the process has descriptors for.");
		StartRefused.unless(reserve >= GUESTS, "belfry.connections.reserve is " + reserve + ".",
				"Set it to " + GUESTS + " at least: the database and health need descriptors.");
		StartRefused.unless(bodyRate.toBytes() > 0, "belfry.connections.body-rate is " + bodyRate + ".",
				"Set it to a size above 0, for example 32KB.");
		StartRefused.unless(!bodyMemory.isNegative() && !unreadMemory.isNegative(),
				"belfry.connections.body-memory or .unread-memory is negative.",
				"Set it to a size, for example 64MB, or to 0 for a share of the heap.");
	}

	/** In bytes. */
	long bodyBudget() {
		return ofHeap(this.bodyMemory, BODY_SHARE);
	}

	/** In bytes. */
	long unreadBudget() {
		return ofHeap(this.unreadMemory, UNREAD_SHARE);
	}

	private static long ofHeap(DataSize set, int share) {
		return (set.toBytes() > 0) ? set.toBytes() : Runtime.getRuntime().maxMemory() / share;
	}

}
