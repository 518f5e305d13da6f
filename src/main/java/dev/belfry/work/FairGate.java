package dev.belfry.work;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.belfry.input.Refusal;
import dev.belfry.work.FairQueue.Task;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Lets so many in at a time, of each account no more than its share. Who comes when all
 * places are taken waits in a queue of its account; these take turns by the time that
 * they were in. Who cannot be let in soon is refused early with {@code OVERLOADED}, so
 * that waiting is never most of the time that an answer takes.
 * <p>
 * A gate that is full for a moment is so by a burst, and all may wait. What is full for
 * longer will not end by waiting: no more may wait then than eight for each place, and
 * for each who joins, two give way: of those who have waited for long, else of all, those
 * who have used most, the newest first. That is the controlled delay of fair queues.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8290">RFC 8290, The Flow Queue CoDel
 * Packet Scheduler</a>
 * @see <a href="https://queue.acm.org/detail.cfm?id=2839461">Maurer, Fail at Scale,
 * 2015</a>
 */
public final class FairGate {

	/** For each place so many may wait at a gate that is full for long. */
	private static final int STANDING = 8;

	/** So many are refused for each who joins those, so that they become fewer. */
	private static final int GIVE_WAY = 2;

	/** Who has waited for longer gives way first: what is answered is answered soon. */
	private static final Duration LATE = Duration.ofMillis(30);

	private final Bounds bounds;

	private final String refusal;

	private final Limit limit;

	private final LongSupplier nanos;

	private final FairQueue<String, Waiter> queue;

	private @Nullable Headroom headroom;

	private int free;

	/** Since when there was no place for somebody whose turn it was; 0: there is. */
	private long fullSince;

	/**
	 * An open gate.
	 * @param name in the metrics {@code <name>.running} and {@code <name>.waiting}
	 * @param refusal what is told those who are refused
	 */
	public FairGate(String name, Bounds bounds, String refusal, Limit limit, MeterRegistry meters) {
		this(name, bounds, refusal, limit, meters, System::nanoTime);
	}

	FairGate(String name, Bounds bounds, String refusal, Limit limit, MeterRegistry meters, LongSupplier nanos) {
		this.nanos = nanos;
		this.bounds = bounds;
		this.refusal = refusal;
		this.limit = limit;
		this.queue = new FairQueue<>(bounds.shares(), nanos);
		this.free = bounds.all();
		Gauge.builder(name + ".running", this, FairGate::running).register(meters);
		Gauge.builder(name + ".waiting", this.queue, FairQueue::waiting).register(meters);
	}

	/**
	 * From now on a place that was an account's which has used much of late stays empty
	 * for as long as it was taken, while there is little headroom.
	 */
	public FairGate restingFor(Headroom headroom) {
		this.headroom = headroom;
		return this;
	}

	/**
	 * Lets somebody in, who has to leave. Who goes before, even in that moment, has left.
	 * Fails with a {@link Refusal}.
	 */
	public Mono<Pass> enter(String who) {
		return enter(who, false);
	}

	/** Likewise, however long it takes. */
	public Mono<Pass> enterPatiently(String who) {
		return enter(who, true);
	}

	private Mono<Pass> enter(String who, boolean patient) {
		return Mono.<Entered>create((sink) -> {
			Waiter waiter = new Waiter(who, patient, sink);
			this.queue.add(who, waiter);
			sink.onCancel(waiter);
			admit(waiter);
			if (!patient && !waiter.isDecided()) {
				waiter.waitFor(
						(this.queue.waiting(who) > this.bounds.waiting()) ? Duration.ZERO : this.bounds.longestWait());
				refuseSome();
			}
		}).doOnNext(Entered::take).cast(Pass.class);
	}

	private void refuseSome() {
		for (int i = 0; i < GIVE_WAY && isFull() && this.queue.waiting() > STANDING * this.bounds.all(); i++) {
			Waiter last = this.queue.removeLast(Waiter::isLate);
			last = (last != null) ? last : this.queue.removeLast(Waiter::isRefusable);
			if (last != null) {
				last.giveUp();
			}
		}
	}

	/** Lets in who can be; the one who asks at once, others on a thread of their own. */
	private void admit(@Nullable Waiter asking) {
		for (Task<String, Waiter> next = next(); next != null; next = next()) {
			Waiter waiter = next.work();
			Entered entered = new Entered(next);
			if (waiter == asking) {
				waiter.admit(entered);
			}
			else {
				Schedulers.parallel().schedule(() -> waiter.admit(entered));
			}
		}
	}

	private synchronized @Nullable Task<String, Waiter> next() {
		Task<String, Waiter> next = (this.free > 0) ? this.queue.poll() : null;
		this.free -= (next != null) ? 1 : 0;
		if (this.free > 0) {
			this.fullSince = 0;
		}
		else if (this.fullSince == 0) {
			this.fullSince = this.nanos.getAsLong();
		}
		return next;
	}

	/** Not only for a moment. */
	private synchronized boolean isFull() {
		return this.fullSince != 0 && this.nanos.getAsLong() - this.fullSince > this.bounds.burst().toNanos();
	}

	private synchronized void leave(Task<String, Waiter> task, long nanos) {
		this.free++;
		this.queue.done(task, nanos);
	}

	private long rest(Task<String, Waiter> task, long took) {
		return (this.headroom != null && task.ofGreedy()) ? this.headroom.rest(took) : 0;
	}

	private synchronized int running() {
		return this.bounds.all() - this.free;
	}

	/**
	 * How many there may be.
	 *
	 * @param all in at a time
	 * @param ofOne account in at a time
	 * @param ofGreedy account in at a time that was in for much of the last second
	 * @param ofAllGreedy accounts together
	 * @param quick so much of each time in makes nobody greedy
	 * @param waiting of one account
	 * @param longestWait after which who waits is refused
	 * @param burst for how long a gate that is full may be so by chance
	 */
	public record Bounds(int all, int ofOne, int ofGreedy, int ofAllGreedy, Duration quick, int waiting,
			Duration longestWait, Duration burst) {

		private FairQueue.Shares shares() {
			return new FairQueue.Shares(this.ofOne, this.ofGreedy, this.ofAllGreedy, this.quick);
		}

	}

	/** Of somebody who is in. */
	public interface Pass {

		/** Makes room for the next; once, however often it is called. */
		void leave();

	}

	private final class Entered implements Pass {

		private final Task<String, Waiter> task;

		private final long since = FairGate.this.nanos.getAsLong();

		private final AtomicReference<State> state = new AtomicReference<>(State.OFFERED);

		Entered(Task<String, Waiter> task) {
			this.task = task;
		}

		/** Whoever was let in knows of it, and will leave. */
		void take() {
			this.state.compareAndSet(State.OFFERED, State.TAKEN);
		}

		/** Whoever was let in has gone. */
		void withdraw() {
			if (this.state.compareAndSet(State.OFFERED, State.LEFT)) {
				makeRoom();
			}
		}

		@Override
		public void leave() {
			if (this.state.getAndSet(State.LEFT) != State.LEFT) {
				makeRoom();
			}
		}

		private void makeRoom() {
			long took = FairGate.this.nanos.getAsLong() - this.since;
			long rest = rest(this.task, took);
			if (rest > 0) {
				Schedulers.parallel().schedule(() -> makeRoom(took), rest, TimeUnit.NANOSECONDS);
			}
			else {
				makeRoom(took);
			}
		}

		private void makeRoom(long took) {
			FairGate.this.leave(this.task, took);
			FairGate.this.admit(null);
		}

		private enum State {

			OFFERED, TAKEN, LEFT

		}

	}

	/** Somebody who wants to come in. Disposed of, nobody wants to any more. */
	private final class Waiter implements Disposable {

		private final String who;

		private final boolean patient;

		private final MonoSink<Entered> sink;

		private final long since = FairGate.this.nanos.getAsLong();

		private final AtomicBoolean decided = new AtomicBoolean();

		private final Disposable.Swap end = Disposables.swap();

		private volatile @Nullable Entered entered;

		private volatile boolean gone;

		Waiter(String who, boolean patient, MonoSink<Entered> sink) {
			this.who = who;
			this.patient = patient;
			this.sink = sink;
		}

		void waitFor(Duration time) {
			if (time.isZero()) {
				giveUp();
				return;
			}
			this.end.update(Schedulers.parallel().schedule(this::giveUp, time.toNanos(), TimeUnit.NANOSECONDS));
			if (isDecided()) {
				this.end.dispose();
			}
		}

		boolean isDecided() {
			return this.decided.get();
		}

		boolean isRefusable() {
			return !this.patient;
		}

		boolean isLate() {
			return isRefusable() && FairGate.this.nanos.getAsLong() - this.since > LATE.toNanos();
		}

		/** The sink may drop what it is given while it is cancelled. */
		void admit(Entered entered) {
			this.entered = entered;
			boolean wanted = decide();
			if (wanted) {
				this.sink.success(entered);
			}
			if (!wanted || this.gone) {
				entered.withdraw();
			}
		}

		void giveUp() {
			if (decide()) {
				FairGate.this.queue.remove(this.who, this);
				FairGate.this.limit.bites(this.who);
				this.sink.error(Refusal.overloaded(FairGate.this.refusal));
			}
		}

		@Override
		public void dispose() {
			this.gone = true;
			if (decide()) {
				FairGate.this.queue.remove(this.who, this);
			}
			Entered offered = this.entered;
			if (offered != null) {
				offered.withdraw();
			}
		}

		/** Whether nothing else was decided before. */
		private boolean decide() {
			this.end.dispose();
			return this.decided.compareAndSet(false, true);
		}

	}

}
