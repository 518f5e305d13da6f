package dev.belfry.loops;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * When health says that a loop does not get on.
 *
 * @param lateAfter for how long its turns have failed by then; three of its intervals, if
 * that is longer
 */
@ConfigurationProperties("belfry.loops")
record LoopSettings(@DefaultValue("30s") Duration lateAfter) {

	private static final int INTERVALS = 3;

	LoopSettings {
		StartRefused.unlessPositive("belfry.loops.late-after", lateAfter);
	}

	Duration lateAfter(LoopPlan plan) {
		Duration intervals = plan.interval().multipliedBy(INTERVALS);
		return (intervals.compareTo(this.lateAfter) > 0) ? intervals : this.lateAfter;
	}

}
