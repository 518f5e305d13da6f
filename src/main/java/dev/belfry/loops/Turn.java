package dev.belfry.loops;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * One turn of a loop. It is over when its work has ended, and the thread that began it is
 * free again.
 */
final class Turn extends BaseSubscriber<Object> {

	/** By the timer. */
	final long begunAt;

	private final Loop loop;

	private Disposable limit = Disposables.disposed();

	private @Nullable Thread thread;

	private boolean ended;

	private boolean free;

	Turn(Loop loop, long begunAt) {
		this.loop = loop;
		this.begunAt = begunAt;
	}

	/** Does the work, on the thread of the loop. */
	void run(Supplier<? extends Mono<?>> work) {
		try {
			if (begin()) {
				work.get().subscribe(this);
			}
		}
		catch (Throwable problem) {
			// Also one that Reactor hands to nobody: the loop goes on.
			this.loop.ended(this, problem);
			cancel();
		}
		finally {
			release();
			this.loop.goOn(this);
		}
	}

	private synchronized boolean begin() {
		this.thread = Thread.currentThread();
		return !this.ended;
	}

	private synchronized void release() {
		this.thread = null;
		this.free = true;
		Thread.interrupted();
	}

	/** The thread was never there. */
	synchronized void failedToBegin() {
		this.free = true;
	}

	synchronized void limitedBy(Disposable limit) {
		this.limit = limit;
	}

	/** Answers false if it had ended before. */
	synchronized boolean end() {
		boolean first = !this.ended;
		this.ended = true;
		this.limit.dispose();
		return first;
	}

	synchronized boolean isOver() {
		return this.ended && this.free;
	}

	/** Ends what it waits for. */
	void giveUp() {
		cancel();
		synchronized (this) {
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	protected void hookOnComplete() {
		this.loop.ended(this, null);
	}

	@Override
	protected void hookOnError(Throwable problem) {
		this.loop.ended(this, problem);
	}

}
