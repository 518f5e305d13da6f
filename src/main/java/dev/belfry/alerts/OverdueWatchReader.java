package dev.belfry.alerts;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.platform.TextProblem;
import dev.belfry.platform.InputErrors;
import dev.belfry.platform.UserErrorCode;

/**
 * Reads what an alert about overdue jobs watches, and notes all that is wrong with it.
 */
final class OverdueWatchReader {

	/** In characters, as completions name them. */
	private static final int LONGEST_OPERATION = 100;

	private final Map<String, Object> input;

	private final RecipientIds ids;

	private final InputErrors errors;

	private OverdueWatchReader(Map<String, Object> input, RecipientIds ids, InputErrors errors) {
		this.input = input;
		this.ids = ids;
		this.errors = errors;
	}

	/** Reads an input; null if its integration cannot be one of the account. */
	static @Nullable OverdueWatch read(Map<String, Object> input, RecipientIds ids, InputErrors errors) {
		return new OverdueWatchReader(input, ids, errors).read();
	}

	/** Adds that there is no such integration. */
	static void addNoIntegration(InputErrors errors) {
		errors.at("integrationId").add(UserErrorCode.NOT_FOUND, "There is no such integration.");
	}

	private @Nullable OverdueWatch read() {
		String operation = String.valueOf(this.input.get("operation"));
		this.errors.at("operation").add(TextProblem.ofKey(operation, LONGEST_OPERATION));
		Integer afterMinutes = afterMinutes();
		Long integrationId = this.ids.integration((String) Objects.requireNonNull(this.input.get("integrationId")));
		if (integrationId == null) {
			addNoIntegration(this.errors);
			return null;
		}
		return new OverdueWatch(operation, integrationId, afterMinutes);
	}

	private @Nullable Integer afterMinutes() {
		Integer given = (Integer) this.input.get("afterMinutes");
		boolean timesUsual = Boolean.TRUE.equals(this.input.get("timesUsual"));
		if (given == null && !timesUsual) {
			this.errors.add(UserErrorCode.REQUIRED, "Say when the job is overdue: by afterMinutes, or by timesUsual.");
		}
		if (given != null && timesUsual) {
			this.errors.add(UserErrorCode.NOT_POSSIBLE,
					"A job is overdue by afterMinutes or by timesUsual, not by both.");
		}
		if (given != null && (given < OverdueWatch.SHORTEST || given > OverdueWatch.LONGEST)) {
			this.errors.at("afterMinutes")
				.add(UserErrorCode.OUT_OF_RANGE, "This takes " + OverdueWatch.SHORTEST + " to " + OverdueWatch.LONGEST
						+ " minutes, which are 30 days.");
		}
		return given;
	}

}
