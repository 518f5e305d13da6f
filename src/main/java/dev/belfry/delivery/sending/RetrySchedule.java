package dev.belfry.delivery.sending;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * When an e-mail is tried again that did not go out: after 30 s, 5 min, 30 min, 2 h, 5 h,
 * and then every 10 h, each a tenth more or less by chance, so that what failed together
 * does not come back together.
 *
 * @param giveUpAfter how long after it was first due an e-mail is tried for the last time
 */
record RetrySchedule(Duration giveUpAfter) {

	private static final List<Duration> WAITS = List.of(Duration.ofSeconds(30), Duration.ofMinutes(5),
			Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5));

	private static final Duration AFTERWARDS = Duration.ofHours(10);

	/**
	 * What ends the relay's trouble is not the recipient's doing, and soon seen: e-mails
	 * come back soon. They still come less and less often until then, since one that is
	 * itself the trouble must not keep the relay from the others.
	 */
	private static final Duration LONGEST_FOR_RELAY = Duration.ofMinutes(5);

	private static final double JITTER = 0.1;

	/**
	 * How long to wait; null to give up.
	 * @param failures how many attempts failed before this one
	 * @param relayTrouble whether this one failed for the relay as a whole
	 * @param age since when the e-mail was first due
	 * @param chance from 0 to 1
	 */
	@Nullable Duration next(int failures, boolean relayTrouble, Duration age, double chance) {
		Duration wait = (failures < WAITS.size()) ? WAITS.get(failures) : AFTERWARDS;
		if (relayTrouble && wait.compareTo(LONGEST_FOR_RELAY) > 0) {
			wait = LONGEST_FOR_RELAY;
		}
		Duration jittered = Duration.ofMillis((long) (wait.toMillis() * (1 - JITTER + 2 * JITTER * chance)));
		return (age.plus(jittered).compareTo(this.giveUpAfter) > 0) ? null : jittered;
	}

}
