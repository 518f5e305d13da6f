package dev.belfry.work;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Tasks of many accounts. The next is one of the account that has used least of late, so
 * an account waits for no more than what others have at hand, however much they have
 * queued. Within an account tasks go in their order.
 * <p>
 * This is start-time fair queueing with equal weights, by the time that tasks took. As
 * that is known only afterwards, a task counts as {@link #GUESS} until it is done. An
 * account that has used much of late can be given fewer at a time than one that comes now
 * and then.
 *
 * @param <A> what an account is known by
 * @param <T> a task
 * @see <a href="https://doi.org/10.1109/90.649569">Goyal, Vin and Cheng, Start-time Fair
 * Queueing, 1997</a>
 */
final class FairQueue<A, T> {

	/** In nanoseconds. */
	static final long GUESS = 1_000_000;

	/** After so many tasks, and as many as there are accounts, it forgets who is idle. */
	private static final int SWEEP = 1_000;

	/** Who has used more of the last second or so is greedy. In nanoseconds. */
	private static final double MUCH = 0.3e9;

	private static final double SECOND = 1e9;

	private final int mostOfOne;

	private final int mostOfGreedy;

	private final LongSupplier nanos;

	private final Map<A, Line<A, T>> lines = new HashMap<>();

	private final PriorityQueue<Line<A, T>> ready = new PriorityQueue<>(
			Comparator.comparingLong((Line<A, T> line) -> line.start).thenComparingLong((line) -> line.arrival));

	/** Where the account is that was served last. */
	private long served;

	private long arrivals;

	private int waiting;

	private int untilSweep = SWEEP;

	private boolean closed;

	/**
	 * An empty queue.
	 * @param mostOfOne how many tasks of an account may be at hand at a time
	 * @param mostOfGreedy how many of one that has used much of late
	 */
	FairQueue(int mostOfOne, int mostOfGreedy) {
		this(mostOfOne, mostOfGreedy, System::nanoTime);
	}

	FairQueue(int mostOfOne, int mostOfGreedy, LongSupplier nanos) {
		this.mostOfOne = mostOfOne;
		this.mostOfGreedy = mostOfGreedy;
		this.nanos = nanos;
	}

	/** Answers false once it is closed. */
	synchronized boolean add(A account, T task) {
		if (this.closed) {
			return false;
		}
		Line<A, T> line = this.lines.computeIfAbsent(account, Line::new);
		if (line.isIdle()) {
			line.start = Math.max(line.start, this.served);
		}
		if (line.tasks.isEmpty()) {
			line.waitsSince = this.nanos.getAsLong();
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
	synchronized Task<A, T> take() throws InterruptedException {
		while (this.ready.isEmpty()) {
			if (this.closed) {
				throw new InterruptedException();
			}
			wait();
		}
		return next();
	}

	/** Likewise, but takes none if none is ready. */
	synchronized @Nullable Task<A, T> poll() {
		return this.ready.isEmpty() ? null : next();
	}

	private Task<A, T> next() {
		Line<A, T> line = this.ready.remove();
		line.isReady = false;
		this.served = Math.max(this.served, line.start);
		T task = line.tasks.remove();
		this.waiting--;
		line.atHand++;
		line.start += GUESS;
		offer(line);
		return new Task<>(line.account, task);
	}

	/** Says how long a task took, in nanoseconds. */
	synchronized void done(Task<A, T> task, long cost) {
		Line<A, T> line = this.lines.get(task.account());
		if (line == null) {
			return;
		}
		line.atHand--;
		line.use(this.nanos.getAsLong(), cost);
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

	/** Takes a task back that is not in anybody's hands yet. */
	synchronized void remove(A account, T task) {
		Line<A, T> line = this.lines.get(account);
		if (line == null || !line.tasks.remove(task)) {
			return;
		}
		this.waiting--;
		if (line.tasks.isEmpty() && line.isReady) {
			this.ready.remove(line);
			line.isReady = false;
		}
	}

	/** How many tasks of an account wait. */
	synchronized int waiting(A account) {
		Line<A, T> line = this.lines.get(account);
		return (line != null) ? line.tasks.size() : 0;
	}

	/** For how long tasks of an account have waited without a break, in nanoseconds. */
	synchronized long waitsFor(A account) {
		Line<A, T> line = this.lines.get(account);
		return (line != null && !line.tasks.isEmpty()) ? this.nanos.getAsLong() - line.waitsSince : 0;
	}

	/** How many tasks wait. */
	synchronized int waiting() {
		return this.waiting;
	}

	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

	private void offer(Line<A, T> line) {
		if (!line.isReady && !line.tasks.isEmpty() && line.atHand < most(line)) {
			line.isReady = true;
			line.arrival = this.arrivals++;
			this.ready.add(line);
		}
	}

	private int most(Line<A, T> line) {
		return line.isGreedy() ? this.mostOfGreedy : this.mostOfOne;
	}

	/** A task in somebody's hands. */
	record Task<A, T>(A account, T work) {
	}

	/** What an account has to do. */
	private static final class Line<A, T> {

		private final A account;

		private final Queue<T> tasks = new ArrayDeque<>();

		/** How much it has used, on the scale of all who were busy with it. */
		private long start;

		private long arrival;

		/** Since when there has been a task in it. */
		private long waitsSince;

		private int atHand;

		private boolean isReady;

		/** Of late, in nanoseconds; what was used a second ago counts a third. */
		private double used;

		private long usedAt;

		Line(A account) {
			this.account = account;
		}

		void use(long now, long cost) {
			this.used = this.used * Math.exp((this.usedAt - now) / SECOND) + cost;
			this.usedAt = now;
		}

		boolean isGreedy() {
			return this.used > MUCH;
		}

		boolean isIdle() {
			return this.tasks.isEmpty() && this.atHand == 0;
		}

	}

}
