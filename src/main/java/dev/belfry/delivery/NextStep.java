package dev.belfry.delivery;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of an e-mail after an attempt.
 *
 * @param dueAt when it is tried again; null if it is not
 */
record NextStep(DeliveryState state, @Nullable Instant dueAt) {

	/**
	 * Decides by what came of the attempt.
	 * @param chance from 0 to 1, for the schedule's jitter
	 */
	static NextStep after(Attempt attempt, Claimed mail, RetrySchedule schedule, double chance) {
		return switch (attempt.verdict()) {
			case SENT -> new NextStep(DeliveryState.SENT, null);
			case REFUSED -> new NextStep(DeliveryState.FAILED, null);
			case RETRY -> again(attempt, schedule.next(mail.failures(), false, age(attempt, mail), chance));
			case RELAY_TROUBLE -> again(attempt, schedule.next(mail.failures(), true, age(attempt, mail), chance));
		};
	}

	private static NextStep again(Attempt attempt, @Nullable Duration wait) {
		return (wait != null) ? new NextStep(DeliveryState.RETRYING, attempt.endedAt().plus(wait))
				: new NextStep(DeliveryState.FAILED, null);
	}

	private static Duration age(Attempt attempt, Claimed mail) {
		return Duration.between(mail.triedFrom(), attempt.endedAt());
	}

}
