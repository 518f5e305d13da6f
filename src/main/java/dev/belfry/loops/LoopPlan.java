package dev.belfry.loops;

import java.time.Duration;

/**
 * What a loop is called, and when its turns are.
 *
 * @param name its name in metrics, in health, and of its thread
 * @param failure what the log says once its turns fail: that, and what comes of it
 * @param first how long after the start the first turn begins
 * @param interval how long after a turn the next one begins, unless the loop is woken
 * @param apart how long after the beginning of a turn the next one begins at the earliest
 * when the loop is woken: what it is woken for meanwhile is done together
 * @param longest how long a turn may take until it is given up and counts as failed
 * @param serving whether a node whose turns fail serves requests worse than others, and
 * so is not ready
 */
public record LoopPlan(String name, String failure, Duration first, Duration interval, Duration apart, Duration longest,
		boolean serving) {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	/** From the start on, with turns of a minute at most, for others than requests. */
	public static LoopPlan every(Duration interval, String name, String failure) {
		return new LoopPlan(name, failure, Duration.ZERO, interval, Duration.ZERO, LONGEST, false);
	}

	public LoopPlan first(Duration first) {
		return new LoopPlan(this.name, this.failure, first, this.interval, this.apart, this.longest, this.serving);
	}

	public LoopPlan apart(Duration apart) {
		return new LoopPlan(this.name, this.failure, this.first, this.interval, apart, this.longest, this.serving);
	}

	public LoopPlan within(Duration longest) {
		return new LoopPlan(this.name, this.failure, this.first, this.interval, this.apart, longest, this.serving);
	}

	public LoopPlan forRequests() {
		return new LoopPlan(this.name, this.failure, this.first, this.interval, this.apart, this.longest, true);
	}

}
