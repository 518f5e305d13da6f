package dev.belfry.graphql.admission;

import org.jspecify.annotations.Nullable;

/**
 * Whether an operation runs, for a carrier that counts it until its work is over, though
 * its client wants the answer no more. The carrier puts one into Reactor's context, under
 * its class.
 */
public final class Running {

	private State state = State.WAITING;

	private @Nullable Runnable whenOver;

	private enum State {

		WAITING, RUNNING, OVER

	}

	/** Answers false if nobody wants it any more, and then it must not run. */
	synchronized boolean begin() {
		boolean begins = this.state == State.WAITING;
		this.state = begins ? State.RUNNING : this.state;
		return begins;
	}

	void end() {
		Runnable told;
		synchronized (this) {
			this.state = State.OVER;
			told = this.whenOver;
		}
		if (told != null) {
			told.run();
		}
	}

	/**
	 * Nobody wants the answer any more. An operation that waits never runs; one that runs
	 * goes on.
	 * @param over runs once it is over, on any thread; at once if it is, or waits
	 */
	public void abandon(Runnable over) {
		synchronized (this) {
			if (this.state == State.RUNNING) {
				this.whenOver = over;
				return;
			}
			this.state = State.OVER;
		}
		over.run();
	}

}
