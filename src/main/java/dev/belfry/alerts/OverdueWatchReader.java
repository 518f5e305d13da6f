package dev.belfry.alerts;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

/**
 * Reads what an alert about overdue jobs watches, and notes all that is wrong with it.
 */
final class OverdueWatchReader {

	private static final String FIELD = "watch";

	/** In characters, as completions name them. */
	private static final int LONGEST_OPERATION = 100;

	private final Map<String, Object> input;

	private final RecipientIds ids;

	private final Consumer<UserError> errors;

	private OverdueWatchReader(Map<String, Object> input, RecipientIds ids, Consumer<UserError> errors) {
		this.input = input;
		this.ids = ids;
		this.errors = errors;
	}

	/** Reads an input; null if its integration cannot be one of the account. */
	static @Nullable OverdueWatch read(Map<String, Object> input, RecipientIds ids, Consumer<UserError> errors) {
		return new OverdueWatchReader(input, ids, errors).read();
	}

	static UserError noIntegration() {
		return UserError.at(UserErrorCode.NOT_FOUND, "There is no such integration.", FIELD, "integrationId");
	}

	private @Nullable OverdueWatch read() {
		String operation = String.valueOf(this.input.get("operation"));
		TextProblem problem = TextProblem.ofKey(operation, LONGEST_OPERATION);
		if (problem != null) {
			this.errors.accept(UserError.at(problem.code(), problem.message(), FIELD, "operation"));
		}
		Integer afterMinutes = afterMinutes();
		Long integrationId = this.ids.integration((String) Objects.requireNonNull(this.input.get("integrationId")));
		if (integrationId == null) {
			this.errors.accept(noIntegration());
			return null;
		}
		return new OverdueWatch(operation, integrationId, afterMinutes);
	}

	private @Nullable Integer afterMinutes() {
		Integer given = (Integer) this.input.get("afterMinutes");
		boolean timesUsual = Boolean.TRUE.equals(this.input.get("timesUsual"));
		if (given == null && !timesUsual) {
			this.errors.accept(UserError.at(UserErrorCode.REQUIRED,
					"Say when the job is overdue: by afterMinutes, or by timesUsual.", FIELD));
		}
		if (given != null && timesUsual) {
			this.errors.accept(UserError.at(UserErrorCode.NOT_POSSIBLE,
					"A job is overdue by afterMinutes or by timesUsual, not by both.", FIELD));
		}
		if (given != null && (given < OverdueWatch.SHORTEST || given > OverdueWatch.LONGEST)) {
			this.errors.accept(UserError.at(UserErrorCode.OUT_OF_RANGE, "This takes " + OverdueWatch.SHORTEST + " to "
					+ OverdueWatch.LONGEST + " minutes, which are 30 days.", FIELD, "afterMinutes"));
		}
		return given;
	}

}
