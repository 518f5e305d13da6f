package dev.belfry.loops;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a loop gets on: when a turn succeeded last, and since when they fail. Times are
 * nanoseconds of the timer.
 */
final class LoopProgress {

	private static final Logger log = LoggerFactory.getLogger(Loop.class);

	private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

	private static final int MOST_DOUBLINGS = 20;

	private final LoopPlan plan;

	private final KnownOutage outage;

	private long failures;

	private long goodAt;

	/** Until when a turn should have begun, or ended. */
	private long dueAt = Long.MAX_VALUE;

	private @Nullable Throwable problem;

	private long failingSince;

	private int failuresInARow;

	private boolean explained;

	private boolean reported;

	LoopProgress(LoopPlan plan, KnownOutage outage) {
		this.plan = plan;
		this.outage = outage;
	}

	synchronized void started(long now) {
		this.goodAt = now;
		this.problem = null;
	}

	synchronized void stopped() {
		this.dueAt = Long.MAX_VALUE;
		this.problem = null;
	}

	synchronized void dueAt(long dueAt) {
		this.dueAt = dueAt;
	}

	synchronized void succeeded(long now) {
		this.goodAt = now;
		if (this.problem != null && this.reported) {
			log.info("The loop \"{}\" gets on again, after {} s", this.plan.name(),
					TimeUnit.NANOSECONDS.toSeconds(now - this.failingSince));
		}
		this.problem = null;
	}

	synchronized void failed(long begunAt, Throwable problem) {
		if (this.problem == null) {
			this.failingSince = begunAt;
			this.failuresInARow = 0;
			this.reported = false;
		}
		this.problem = problem;
		this.failures++;
		this.failuresInARow++;
		this.explained = this.outage.explains(problem);
		report(problem);
	}

	/** An outage is told of by who knows it. */
	private void report(Throwable problem) {
		if (this.explained || this.reported) {
			log.debug("{} (loop \"{}\")", this.plan.failure(), this.plan.name(), problem);
		}
		else if (problem instanceof Error) {
			log.error("{} (loop \"{}\")", this.plan.failure(), this.plan.name(), problem);
		}
		else {
			log.warn("{} (loop \"{}\"): {}", this.plan.failure(), this.plan.name(), problem.toString());
		}
		this.reported |= !this.explained;
	}

	synchronized boolean isFailing() {
		return this.problem != null;
	}

	/** How long to wait for the next turn, if nothing is known to be done. */
	synchronized Duration pause() {
		Duration interval = this.plan.interval();
		if (this.problem == null || this.explained || interval.compareTo(LONGEST_BACKOFF) >= 0) {
			return interval;
		}
		Duration backoff = interval.multipliedBy(1L << Math.min(this.failuresInARow - 1, MOST_DOUBLINGS));
		return (backoff.compareTo(LONGEST_BACKOFF) < 0) ? backoff : LONGEST_BACKOFF;
	}

	synchronized long failures() {
		return this.failures;
	}

	/** How long ago a turn succeeded, or the loop started. */
	synchronized Duration age(long now) {
		return Duration.ofNanos(now - this.goodAt);
	}

	/**
	 * For how long it has not got on.
	 * @param outageOver until when an outage lasted that explains failures
	 */
	synchronized Duration failingFor(long now, long outageOver) {
		long since = (this.problem == null) ? this.dueAt
				: (this.explained ? Math.max(this.failingSince, outageOver) : this.failingSince);
		return (since < now) ? Duration.ofNanos(now - since) : Duration.ZERO;
	}

	synchronized String problem() {
		return (this.problem != null) ? this.problem.toString() : "No turn begins or ends";
	}

}
