package dev.belfry.notifier;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import dev.belfry.platform.InputErrors;
import dev.belfry.platform.UserErrorCode;

/**
 * What somebody asks of a dry run.
 *
 * @param alert a {@code TriedAlertInput}
 */
record DryRunInput(Map<String, Object> alert, Instant from, Instant to, int firstMatches) {

	private static final int MOST_SHOWN = 50;

	/** Reads a {@code DryRunAlertInput}. */
	@SuppressWarnings("unchecked")
	static DryRunInput of(Map<String, Object> input, Instant now) {
		return new DryRunInput((Map<String, Object>) required(input, "alert"), (Instant) required(input, "from"),
				(Instant) Objects.requireNonNullElse(input.get("to"), now), (int) required(input, "firstMatches"));
	}

	/** Adds all that is wrong with it beside the alert. */
	void check(InputErrors errors) {
		if (!this.from.isBefore(this.to)) {
			errors.at("from")
				.add(UserErrorCode.OUT_OF_RANGE,
						"The period has to begin before it ends, which is now unless \"to\" says otherwise.");
		}
		if (this.firstMatches < 0 || this.firstMatches > MOST_SHOWN) {
			errors.at("firstMatches")
				.add(UserErrorCode.OUT_OF_RANGE,
						"0 to " + MOST_SHOWN + " matches can be shown; " + this.firstMatches + " is outside of that.");
		}
	}

	private static Object required(Map<String, Object> input, String field) {
		return Objects.requireNonNull(input.get(field), field);
	}

}
