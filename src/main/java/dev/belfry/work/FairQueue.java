package dev.belfry.work;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

import dev.belfry.viewer.AccountId;

/**
 * Tasks of many accounts. The next is one of the account that has used least of late, so
 * an account waits for no more than what others have at hand, however much they have
 * queued. Within an account tasks go in their order.
 * <p>
 * This is start-time fair queueing with equal weights, by the time that tasks took. As
 * that is known only afterwards, a task counts as {@link #GUESS} until it is done.
 *
 * @see <a href="https://doi.org/10.1109/90.649569">Goyal, Vin and Cheng, Start-time Fair
 * Queueing, 1997</a>
 */
final class FairQueue {

	/** In nanoseconds. */
	static final long GUESS = 1_000_000;

	/** After so many tasks, and as many as there are accounts, it forgets who is idle. */
	private static final int SWEEP = 1_000;

	private final int mostOfOne;

	private final Map<AccountId, Line> lines = new HashMap<>();

	private final PriorityQueue<Line> ready = new PriorityQueue<>(
			Comparator.comparingLong((Line line) -> line.start).thenComparingLong((line) -> line.arrival));

	/** Where the account is that was served last. */
	private long served;

	private long arrivals;

	private int waiting;

	private int untilSweep = SWEEP;

	private boolean closed;

	/**
	 * An empty queue.
	 * @param mostOfOne how many tasks of an account may be at hand at a time
	 */
	FairQueue(int mostOfOne) {
		this.mostOfOne = mostOfOne;
	}

	/** Answers false once it is closed. */
	synchronized boolean add(AccountId account, Runnable task) {
		if (this.closed) {
			return false;
		}
		Line line = this.lines.computeIfAbsent(account, Line::new);
		if (line.isIdle()) {
			line.start = Math.max(line.start, this.served);
		}
		line.tasks.add(task);
		this.waiting++;
		offer(line);
		notify();
		return true;
	}

	/**
	 * Takes the next task, which has to be {@linkplain #done done} afterwards; waits for
	 * one.
	 * @throws InterruptedException also once it is closed
	 */
	synchronized Task take() throws InterruptedException {
		while (this.ready.isEmpty()) {
			if (this.closed) {
				throw new InterruptedException();
			}
			wait();
		}
		Line line = this.ready.remove();
		line.isReady = false;
		this.served = Math.max(this.served, line.start);
		Runnable task = line.tasks.remove();
		this.waiting--;
		line.atHand++;
		line.start += GUESS;
		offer(line);
		return new Task(line.account, task);
	}

	/** Says how long a task took, in nanoseconds. */
	synchronized void done(Task task, long cost) {
		Line line = this.lines.get(task.account());
		if (line == null) {
			return;
		}
		line.atHand--;
		this.ready.remove(line);
		line.isReady = false;
		line.start += cost - GUESS;
		offer(line);
		if (--this.untilSweep <= 0) {
			this.lines.values().removeIf((each) -> each.isIdle() && each.start <= this.served);
			this.untilSweep = SWEEP + this.lines.size();
		}
		if (line.isReady) {
			notify();
		}
	}

	/** How many tasks wait. */
	synchronized int waiting() {
		return this.waiting;
	}

	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

	private void offer(Line line) {
		if (!line.isReady && !line.tasks.isEmpty() && line.atHand < this.mostOfOne) {
			line.isReady = true;
			line.arrival = this.arrivals++;
			this.ready.add(line);
		}
	}

	/** A task in somebody's hands. */
	record Task(AccountId account, Runnable work) {
	}

	/** What an account has to do. */
	private static final class Line {

		private final AccountId account;

		private final Queue<Runnable> tasks = new ArrayDeque<>();

		/** How much it has used, on the scale of all who were busy with it. */
		private long start;

		private long arrival;

		private int atHand;

		private boolean isReady;

		Line(AccountId account) {
			this.account = account;
		}

		boolean isIdle() {
			return this.tasks.isEmpty() && this.atHand == 0;
		}

	}

}
