package dev.belfry.alerts.trials;

import org.jspecify.annotations.Nullable;

/**
 * The alert and the event of a preview or test.
 *
 * @param event null for the sample of its type
 */
record TrialInput(TriedAlertInput alert, @Nullable TriedEventInput event, @Nullable String idempotencyKey) {

	/** An event that is logged, or one that is made up. */
	record TriedEventInput(@Nullable String id, @Nullable Object payload) {
	}

}
