package dev.belfry.delivery.sending;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.outbox.DeliveryState;

/**
 * What becomes of an e-mail after an attempt.
 *
 * @param pause after which it is tried again; null if it is not
 */
record NextStep(DeliveryState state, @Nullable Duration pause) {

	/**
	 * Decides by what came of the attempt.
	 * @param chance from 0 to 1, for the schedule's jitter
	 */
	static NextStep after(Attempt attempt, ClaimedEmail mail, RetrySchedule schedule, double chance) {
		return switch (attempt.verdict()) {
			case SENT -> new NextStep(DeliveryState.SENT, null);
			case REFUSED -> new NextStep(DeliveryState.FAILED, null);
			case RETRY -> again(schedule.next(mail.failures(), false, age(attempt, mail), chance));
			case RELAY_TROUBLE -> again(schedule.next(mail.failures(), true, age(attempt, mail), chance));
		};
	}

	private static NextStep again(@Nullable Duration pause) {
		return new NextStep((pause != null) ? DeliveryState.RETRYING : DeliveryState.FAILED, pause);
	}

	private static Duration age(Attempt attempt, ClaimedEmail mail) {
		return mail.age().plus(attempt.took());
	}

}
