package dev.belfry.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Tasks of many accounts. The next is one of the account that has used least of late, so
 * an account waits for no more than what others have at hand, however much they have
 * queued. Within an account tasks go in their order.
 * <p>
 * This is start-time fair queueing with equal weights, by the time that tasks took. As
 * that is known only afterwards, a task counts as {@link #GUESS} until it is done.
 * Accounts that have used much of late can be given fewer at a time, each and all
 * together, than those that come now and then.
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

	/**
	 * Who has used more of the last second or so is greedy, beyond what is quick. In
	 * nanoseconds.
	 */
	private static final double MUCH = 0.3e9;

	private static final double SECOND = 1e9;

	private final Shares shares;

	private final LongSupplier nanos;

	private final Map<A, Line<A, T>> lines = new HashMap<>();

	/** Accounts that may have one more task at hand. */
	private final PriorityQueue<Line<A, T>> modest = new PriorityQueue<>(Line.byTurn());

	/** Likewise, of those that have used much of late. */
	private final PriorityQueue<Line<A, T>> greedy = new PriorityQueue<>(Line.byTurn());

	private int ofGreedyAtHand;

	/**
	 * Where accounts begin that come now: where the one is that was served last, or
	 * further, by half of an account's share of what was used since. So those that have
	 * used nothing go before, but not for ever, however many of them come.
	 */
	private long virtualTime;

	/** Accounts with tasks. */
	private int busy;

	private long arrivals;

	private int waiting;

	private int untilSweep = SWEEP;

	private boolean closed;

	FairQueue(Shares shares) {
		this(shares, System::nanoTime);
	}

	FairQueue(Shares shares, LongSupplier nanos) {
		this.shares = shares;
		this.nanos = nanos;
	}

	/** Answers false once it is closed. */
	synchronized boolean add(A account, T task) {
		if (this.closed) {
			return false;
		}
		Line<A, T> line = this.lines.computeIfAbsent(account, Line::new);
		if (line.isIdle()) {
			line.start = Math.max(line.start, this.virtualTime);
			this.busy++;
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
		Task<A, T> next = poll();
		while (next == null) {
			if (this.closed) {
				throw new InterruptedException();
			}
			wait();
			next = poll();
		}
		return next;
	}

	/** Likewise, but takes none if none is ready. */
	synchronized @Nullable Task<A, T> poll() {
		Line<A, T> line = ready();
		if (line == null) {
			return null;
		}
		boolean ofGreedy = line.ready == this.greedy;
		withdraw(line);
		this.virtualTime = Math.max(this.virtualTime, line.start);
		T task = line.tasks.remove();
		this.waiting--;
		line.atHand++;
		this.ofGreedyAtHand += ofGreedy ? 1 : 0;
		line.start += GUESS;
		offer(line);
		return new Task<>(line.account, task, ofGreedy);
	}

	/** Whose turn it is. */
	private @Nullable Line<A, T> ready() {
		Line<A, T> first = this.modest.peek();
		Line<A, T> other = (this.ofGreedyAtHand < this.shares.ofAllGreedy()) ? this.greedy.peek() : null;
		if (first == null || other == null) {
			return (first != null) ? first : other;
		}
		return (Line.<A, T>byTurn().compare(first, other) <= 0) ? first : other;
	}

	/** Says how long a task took, in nanoseconds. */
	synchronized void done(Task<A, T> task, long cost) {
		this.ofGreedyAtHand -= task.ofGreedy() ? 1 : 0;
		Line<A, T> line = this.lines.get(task.account());
		if (line == null) {
			return;
		}
		line.atHand--;
		line.use(this.nanos.getAsLong(), Math.max(0, cost - this.shares.quick().toNanos()));
		withdraw(line);
		line.start += cost - GUESS;
		this.virtualTime += cost / this.busy / 2;
		this.busy -= line.isIdle() ? 1 : 0;
		offer(line);
		if (--this.untilSweep <= 0) {
			this.lines.values().removeIf((each) -> each.isIdle() && each.start <= this.virtualTime);
			this.untilSweep = SWEEP + this.lines.size();
		}
		if (ready() != null) {
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
		this.busy -= line.isIdle() ? 1 : 0;
		if (line.tasks.isEmpty()) {
			withdraw(line);
		}
	}

	/**
	 * Takes one back that would wait longest: the newest of who has used most.
	 * @param which of those may be taken back
	 */
	synchronized @Nullable T removeLast(Predicate<T> which) {
		Line<A, T> dearest = null;
		T last = null;
		for (Line<A, T> line : this.lines.values()) {
			T newest = line.newest(which);
			if (newest != null && (dearest == null || line.start > dearest.start)) {
				dearest = line;
				last = newest;
			}
		}
		if (dearest != null && last != null) {
			remove(dearest.account, last);
		}
		return last;
	}

	/** How many tasks of an account wait. */
	synchronized int waiting(A account) {
		Line<A, T> line = this.lines.get(account);
		return (line != null) ? line.tasks.size() : 0;
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
		boolean isGreedy = line.used(this.nanos.getAsLong()) > MUCH;
		int most = isGreedy ? this.shares.ofGreedy() : this.shares.ofOne();
		if (line.ready == null && !line.tasks.isEmpty() && line.atHand < most) {
			line.arrival = this.arrivals++;
			line.ready = isGreedy ? this.greedy : this.modest;
			line.ready.add(line);
		}
	}

	private static <A, T> void withdraw(Line<A, T> line) {
		if (line.ready != null) {
			line.ready.remove(line);
			line.ready = null;
		}
	}

	/**
	 * How many tasks may be at hand at a time.
	 *
	 * @param ofOne account
	 * @param ofGreedy account, which has used much of late
	 * @param ofAllGreedy accounts together
	 * @param quick so much of what each task took makes nobody greedy: whoever has many
	 * short ones waits for turns, and nobody waits long for one of these
	 */
	record Shares(int ofOne, int ofGreedy, int ofAllGreedy, Duration quick) {
	}

	/** A task in somebody's hands. */
	record Task<A, T>(A account, T work, boolean ofGreedy) {
	}

	/** What an account has to do. */
	private static final class Line<A, T> {

		private final A account;

		private final Deque<T> tasks = new ArrayDeque<>();

		/** How much it has used, on the scale of all who were busy with it. */
		private long start;

		private long arrival;

		private int atHand;

		/** Where it waits for its turn. */
		private @Nullable PriorityQueue<Line<A, T>> ready;

		/**
		 * Of late and beyond what is quick, in nanoseconds; what was used a second ago
		 * counts a third.
		 */
		private double used;

		private long usedAt;

		Line(A account) {
			this.account = account;
		}

		static <A, T> Comparator<Line<A, T>> byTurn() {
			return Comparator.comparingLong((Line<A, T> line) -> line.start).thenComparingLong((line) -> line.arrival);
		}

		void use(long now, long cost) {
			this.used = used(now) + cost;
			this.usedAt = now;
		}

		double used(long now) {
			return this.used * Math.exp((this.usedAt - now) / SECOND);
		}

		@Nullable T newest(Predicate<T> which) {
			for (Iterator<T> newest = this.tasks.descendingIterator(); newest.hasNext();) {
				T task = newest.next();
				if (which.test(task)) {
					return task;
				}
			}
			return null;
		}

		boolean isIdle() {
			return this.tasks.isEmpty() && this.atHand == 0;
		}

	}

}
