package dev.belfry.alerts.editing;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.editing.AlertInput.WatchInput;
import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.recipients.AlertIds;
import dev.belfry.input.InputErrors;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;

/**
 * Reads what an alert about overdue jobs watches, and notes all that is wrong with it.
 */
final class OverdueWatchReader {

	/** In characters, as completions name them. */
	private static final int LONGEST_OPERATION = 100;

	private final WatchInput input;

	private final AlertIds ids;

	private final InputErrors errors;

	private OverdueWatchReader(WatchInput input, AlertIds ids, InputErrors errors) {
		this.input = input;
		this.ids = ids;
		this.errors = errors;
	}

	/** Reads an input; null if its integration cannot be one of the account. */
	static @Nullable OverdueWatch read(WatchInput input, AlertIds ids, InputErrors errors) {
		return new OverdueWatchReader(input, ids, errors).read();
	}

	/** Adds that there is no such integration. */
	static void addNoIntegration(InputErrors errors) {
		errors.at("integrationId").add(UserErrorCode.NOT_FOUND, "There is no such integration.");
	}

	private @Nullable OverdueWatch read() {
		this.errors.at("operation").add(TextProblem.ofKey(this.input.operation(), LONGEST_OPERATION));
		Integer afterMinutes = afterMinutes();
		Long integrationId = this.ids.integration(this.input.integrationId());
		if (integrationId == null) {
			addNoIntegration(this.errors);
			return null;
		}
		return new OverdueWatch(this.input.operation(), integrationId, afterMinutes);
	}

	private @Nullable Integer afterMinutes() {
		Integer given = this.input.afterMinutes();
		boolean timesUsual = Boolean.TRUE.equals(this.input.timesUsual());
		if (given == null && !timesUsual) {
			this.errors.add(UserErrorCode.REQUIRED, "Give afterMinutes or timesUsual, to say when the job is overdue.");
		}
		if (given != null && timesUsual) {
			this.errors.add(UserErrorCode.NOT_POSSIBLE, "Give afterMinutes or timesUsual, not both.");
		}
		if (given != null && (given < OverdueWatch.SHORTEST || given > OverdueWatch.LONGEST)) {
			this.errors.at("afterMinutes")
				.add(UserErrorCode.OUT_OF_RANGE, "This takes " + OverdueWatch.SHORTEST + " to " + OverdueWatch.LONGEST
						+ " minutes, which are 30 days.");
		}
		return given;
	}

}
