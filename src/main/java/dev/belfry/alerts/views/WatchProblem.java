package dev.belfry.alerts.views;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.overdue.WatchedJobs.Known;

/**
 * Why an alert may wait for a job in vain.
 *
 * @param message for people
 */
public record WatchProblem(Kind kind, String message) {

	static @Nullable WatchProblem of(OverdueWatch watch, Known known) {
		int completions = known.completions(watch);
		if (completions == 0) {
			return new WatchProblem(Kind.NEVER_SEEN, "No completion of " + watch.operation()
					+ " has been recorded for this integration." + guess(known.nearest(watch)));
		}
		if (watch.timesUsual() && completions <= OverdueWatch.FEWEST_INTERVALS) {
			return new WatchProblem(Kind.TOO_SELDOM, "Its usual interval is not known yet: " + completions + " of the "
					+ (OverdueWatch.FEWEST_INTERVALS + 1) + " completions that it needs have been recorded.");
		}
		return null;
	}

	private static String guess(@Nullable String nearest) {
		return (nearest != null) ? " Did you mean " + nearest + "?" : "";
	}

	/** What the problem is. */
	public enum Kind {

		NEVER_SEEN, TOO_SELDOM

	}

}
