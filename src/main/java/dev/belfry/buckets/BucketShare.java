package dev.belfry.buckets;

import java.time.Duration;
import java.util.Arrays;

/**
 * The buckets whose accounts this node may work on just now, for one kind of work.
 */
public final class BucketShare {

	/** How many buckets there are, on all nodes and for ever. */
	public static final int BUCKETS = 256;

	private static final Held NONE = new Held(none(), 0);

	private final String work;

	private final Runnable gained;

	private volatile Held held = NONE;

	BucketShare(String work, Runnable gained) {
		this.work = work;
		this.gained = gained;
	}

	String work() {
		return this.work;
	}

	/**
	 * For each bucket whether it is this node's, as a statement takes it. None is, once
	 * the lease is over.
	 */
	public Boolean[] mine() {
		Held now = this.held;
		return (System.nanoTime() - now.until() < 0) ? now.mine() : NONE.mine();
	}

	/** Whether this node has no bucket. */
	public boolean isEmpty() {
		return !Arrays.asList(mine()).contains(true);
	}

	/**
	 * Has these buckets for the time of a lease.
	 * @param from when the lease was asked for, by {@link System#nanoTime()}
	 */
	void have(Boolean[] mine, long from, Duration lease) {
		Boolean[] before = mine();
		this.held = new Held(mine, from + lease.toNanos());
		if (!Arrays.equals(before, mine) && gains(before, mine)) {
			this.gained.run();
		}
	}

	void release() {
		this.held = NONE;
	}

	private static boolean gains(Boolean[] before, Boolean[] after) {
		for (int bucket = 0; bucket < BUCKETS; bucket++) {
			if (after[bucket] && !before[bucket]) {
				return true;
			}
		}
		return false;
	}

	private static Boolean[] none() {
		Boolean[] none = new Boolean[BUCKETS];
		Arrays.fill(none, false);
		return none;
	}

	/**
	 * @param until when the lease is over
	 */
	private record Held(Boolean[] mine, long until) {
	}

}
