package dev.belfry.bell.feeds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.jobs.log.LogEntry;

/**
 * The newest entries of an account's log, for those who read at its end. Bounded in
 * entries and bytes, and together with all other rings by a budget: who falls behind it
 * reads the table. Guarded by its feed.
 */
final class Ring {

	private static final int MOST_ENTRIES = 1024;

	private static final int MOST_BYTES = 1 << 20;

	private final Deque<LogEntry> entries = new ArrayDeque<>();

	private final RingBudget budget;

	/** Where the ring begins (exclusive). */
	private long start;

	private int bytes;

	Ring(long start, RingBudget budget) {
		this.start = start;
		this.budget = budget;
	}

	long end() {
		return this.entries.isEmpty() ? this.start : this.entries.getLast().position();
	}

	void add(LogEntry entry) {
		int weight = entry.weight();
		this.entries.add(entry);
		this.bytes += weight;
		this.budget.add(weight);
		while (!this.entries.isEmpty()
				&& (this.entries.size() > MOST_ENTRIES || this.bytes > MOST_BYTES || this.budget.isExceeded())) {
			removeOldest();
		}
	}

	/** Whether it holds all entries after a position. */
	boolean reaches(long position) {
		return position >= this.start;
	}

	/** Forgets all entries and begins anew at a position. */
	void restart(long position) {
		this.budget.add(-this.bytes);
		this.entries.clear();
		this.bytes = 0;
		this.start = position;
	}

	/** Forgets the entries up to a position, which are no longer in the log. */
	void removeThrough(long floor) {
		while (!this.entries.isEmpty() && this.entries.getFirst().position() <= floor) {
			removeOldest();
		}
		this.start = Math.max(this.start, floor);
	}

	/**
	 * The entries after a position, oldest first, or null if the ring no longer holds
	 * them all.
	 */
	@Nullable List<LogEntry> after(long position, int most) {
		if (!reaches(position)) {
			return null;
		}
		List<LogEntry> found = new ArrayList<>();
		int skipped = (int) Math.min(position - this.start, this.entries.size());
		var rest = this.entries.iterator();
		for (int i = 0; rest.hasNext() && found.size() < most; i++) {
			LogEntry entry = rest.next();
			if (i >= skipped) {
				found.add(entry);
			}
		}
		return found;
	}

	private void removeOldest() {
		LogEntry oldest = this.entries.remove();
		this.start = oldest.position();
		this.bytes -= oldest.weight();
		this.budget.add(-oldest.weight());
	}

}
