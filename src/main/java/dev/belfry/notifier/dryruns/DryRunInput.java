package dev.belfry.notifier.dryruns;

import java.time.Instant;

import dev.belfry.alerts.trials.TriedAlertInput;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;

/** What somebody asks of a dry run. */
record DryRunInput(TriedAlertInput alert, Instant from, Instant to, int firstMatches) {

	private static final int MOST_SHOWN = 50;

	/** Adds all that is wrong with it beside the alert. */
	void check(InputErrors errors) {
		if (!this.from.isBefore(this.to)) {
			errors.at("from")
				.add(UserErrorCode.OUT_OF_RANGE, "The period must start before it ends. Without \"to\", it ends now.");
		}
		if (this.firstMatches < 0 || this.firstMatches > MOST_SHOWN) {
			errors.at("firstMatches")
				.add(UserErrorCode.OUT_OF_RANGE,
						"0 to " + MOST_SHOWN + " matches can be shown; " + this.firstMatches + " is outside of that.");
		}
	}

}
