package dev.belfry.live.broadcast;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;

import dev.belfry.graphql.execution.Progress;

/**
 * An execution of a broadcast's subscription, at a place of its stream. It is asked for
 * the next event when those who wait for it have received the last one, and not before
 * the folding window has passed: what comes meanwhile is one batch. Guarded by its
 * broadcast.
 */
final class LiveExecution extends BaseSubscriber<LiveEvent> {

	/**
	 * Events of a stream keep so much distance, unless the next one is there already.
	 */
	private static final Duration FOLDING_WINDOW = Duration.ofMillis(20);

	private final Broadcast broadcast;

	private final Progress progress;

	private final Set<Audience> awaiting = new HashSet<>(4);

	private final Disposable.Swap start = Disposables.swap();

	private StreamPosition place;

	/** How many audiences have not delivered the last event yet. */
	private int undelivered;

	private boolean asked = true;

	private long emittedAt;

	LiveExecution(Broadcast broadcast, StreamPosition place) {
		this.broadcast = broadcast;
		this.place = place;
		this.progress = new Progress(place.since(), place.first());
	}

	StreamPosition place() {
		return this.place;
	}

	Progress progress() {
		return this.progress;
	}

	/** What starts it; it is given the events then. */
	void startedBy(Disposable start) {
		this.start.replace(start);
	}

	void begins() {
		this.broadcast.begins(this);
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		subscription.request(1);
	}

	@Override
	protected void hookOnNext(LiveEvent event) {
		this.broadcast.emitted(this, event);
	}

	@Override
	protected void hookOnError(Throwable problem) {
		this.broadcast.failed(this, problem);
	}

	void moveTo(StreamPosition place, int audiences) {
		this.place = place;
		this.awaiting.clear();
		this.undelivered = audiences;
		this.asked = false;
		this.emittedAt = System.nanoTime();
	}

	void awaitedBy(Audience audience) {
		this.awaiting.add(audience);
		if (this.undelivered == 0) {
			ask();
		}
	}

	/** Answers whether nobody waits for it any more. */
	boolean awaitedNoMoreBy(Audience audience) {
		this.awaiting.remove(audience);
		return this.awaiting.isEmpty() && this.undelivered == 0;
	}

	/** One more audience has delivered the last event. Answers whether all have. */
	boolean isDeliveredToAll() {
		this.undelivered--;
		return this.undelivered == 0;
	}

	boolean isAwaited() {
		return !this.awaiting.isEmpty();
	}

	/** Ends it, away from the event loop: a statement may be under way. */
	void end() {
		Schedulers.parallel().schedule(() -> {
			this.start.dispose();
			dispose();
		});
	}

	/** Asks for the next event, away from the event loop and the guard. */
	void ask() {
		if (!this.asked) {
			this.asked = true;
			long passed = System.nanoTime() - this.emittedAt;
			long left = this.progress.position().more() ? 0 : FOLDING_WINDOW.toNanos() - passed;
			Schedulers.parallel().schedule(() -> request(1), Math.max(left, 0), TimeUnit.NANOSECONDS);
		}
	}

}
