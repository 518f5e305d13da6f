package dev.belfry.loops;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Work that is done again and again, one turn after the other, each begun on a thread of
 * the loop's own. Whatever a turn ends with, and if it does not end at all, another one
 * follows: after the interval, or later while turns fail, up to ten seconds. A turn that
 * has used up its time is cancelled and its thread interrupted; if it keeps the thread
 * all the same, the next one begins when it lets go.
 */
public final class Loop {

	private final LoopPlan plan;

	private final Supplier<? extends Mono<?>> work;

	private final Scheduler timer;

	private final LongSupplier nanos;

	private final Executor thread;

	private final LoopProgress progress;

	private boolean running;

	/** Since the last turn began. */
	private boolean woken;

	/** Likewise, and not to wait. */
	private boolean hurried;

	/** When a turn may begin that the loop is woken for. */
	private long notBefore;

	private @Nullable Turn turn;

	private Disposable next = Disposables.disposed();

	private @Nullable Runnable finished;

	Loop(LoopPlan plan, Supplier<? extends Mono<?>> work, Scheduler timer, LongSupplier nanos, Executor thread,
			KnownOutage outage) {
		this.plan = plan;
		this.work = work;
		this.timer = timer;
		this.nanos = nanos;
		this.thread = thread;
		this.progress = new LoopProgress(plan, outage);
	}

	LoopPlan plan() {
		return this.plan;
	}

	LoopProgress progress() {
		return this.progress;
	}

	public synchronized boolean isRunning() {
		return this.running;
	}

	synchronized boolean isIdle() {
		return this.turn == null;
	}

	public synchronized void start() {
		if (!this.running) {
			this.running = true;
			this.woken = false;
			this.notBefore = now();
			this.progress.started(this.notBefore);
			beginAfter(this.plan.first());
		}
	}

	/** Begins no more turns, and cancels the one at hand. */
	public void stop() {
		Turn present;
		synchronized (this) {
			endTurns();
			this.woken = false;
			present = this.turn;
		}
		if (present != null && present.end()) {
			present.cancel();
			goOn(present);
		}
	}

	/**
	 * Begins no more turns, but one if the loop has been woken since the last.
	 * @param finished is run when no turn is at hand any more
	 */
	public void finish(Runnable finished) {
		synchronized (this) {
			endTurns();
			if (this.turn == null && this.woken) {
				begin();
			}
			if (this.turn != null) {
				this.finished = finished;
				return;
			}
		}
		finished.run();
	}

	private void endTurns() {
		this.running = false;
		this.next.dispose();
		this.progress.stopped();
	}

	/**
	 * There is something to do: a turn begins now, or when the one at hand is over, but
	 * not too shortly after the last one began. While turns fail, they begin in their
	 * time. Answers whether it begins now.
	 */
	public synchronized boolean wake() {
		boolean first = !this.woken;
		this.woken = true;
		boolean free = this.running && this.turn == null && !this.progress.isFailing();
		Duration pause = pauseOnceWoken();
		if (free && pause.isZero()) {
			begin();
			return true;
		}
		if (free && first) {
			beginAfter(pause);
		}
		return false;
	}

	/** Likewise, however shortly after the last one began. */
	public synchronized boolean wakeAtOnce() {
		this.hurried = true;
		return wake();
	}

	private Duration pauseOnceWoken() {
		return this.hurried ? Duration.ZERO : Duration.ofNanos(Math.max(0, this.notBefore - now()));
	}

	private void beginAfter(Duration pause) {
		this.next.dispose();
		this.progress.dueAt(now() + pause.toNanos());
		this.next = this.timer.schedule(this::beginIfFree, pause.toNanos(), TimeUnit.NANOSECONDS);
	}

	private synchronized void beginIfFree() {
		if (this.running && this.turn == null) {
			begin();
		}
	}

	private void begin() {
		this.next.dispose();
		this.woken = false;
		this.hurried = false;
		Turn begun = new Turn(this, now());
		this.notBefore = begun.begunAt + this.plan.apart().toNanos();
		this.turn = begun;
		long longest = this.plan.longest().toNanos();
		this.progress.dueAt(begun.begunAt + longest);
		begun.limitedBy(this.timer.schedule(() -> giveUp(begun), longest, TimeUnit.NANOSECONDS));
		try {
			this.thread.execute(() -> begun.run(this.work));
		}
		catch (Throwable problem) {
			begun.failedToBegin();
			ended(begun, problem);
		}
	}

	private void giveUp(Turn late) {
		ended(late, new TurnTooLong(this.plan.longest()));
		late.giveUp();
	}

	/** The work of a turn has ended, or takes no more part. */
	void ended(Turn over, @Nullable Throwable problem) {
		if (over.end()) {
			if (problem == null) {
				this.progress.succeeded(now());
			}
			else {
				this.progress.failed(over.begunAt, problem);
			}
			goOn(over);
		}
	}

	/** If a turn is over, goes on to what follows. */
	void goOn(Turn over) {
		Runnable last;
		synchronized (this) {
			if (this.turn != over || !over.isOver()) {
				return;
			}
			this.turn = null;
			if (this.running) {
				boolean isWoken = this.woken && !this.progress.isFailing();
				beginAfter(isWoken ? pauseOnceWoken() : this.progress.pause());
				return;
			}
			if (this.woken) {
				begin();
				return;
			}
			last = this.finished;
			this.finished = null;
		}
		if (last != null) {
			last.run();
		}
	}

	private long now() {
		return this.nanos.getAsLong();
	}

	/** A turn has not ended in its time. */
	private static final class TurnTooLong extends RuntimeException {

		TurnTooLong(Duration longest) {
			super("No end after " + longest);
		}

	}

}
