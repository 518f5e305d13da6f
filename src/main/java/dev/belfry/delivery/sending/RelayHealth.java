package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

/**
 * How the relay does, as this node sees it. While it is in trouble, one e-mail at a time
 * finds out whether it still is, after 1 s first and then less often, every minute at
 * last.
 */
final class RelayHealth {

	private static final Logger log = LoggerFactory.getLogger(RelayHealth.class);

	private static final Duration FIRST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private @Nullable Trouble trouble;

	/**
	 * How many e-mails may be taken now.
	 * @param free how many threads have nothing to do
	 * @param inHand how many e-mails are on their way
	 */
	synchronized int permits(int free, int inHand, Instant now) {
		if (this.trouble == null) {
			return free;
		}
		return (inHand == 0 && !now.isBefore(this.trouble.probeAt())) ? Math.min(1, free) : 0;
	}

	/** An attempt has ended. */
	synchronized void ended(AttemptOutcome outcome, Instant now) {
		Trouble known = this.trouble;
		if (outcome.verdict() == Verdict.RELAY_TROUBLE) {
			if (known == null) {
				log.warn("The mail relay fails, and e-mails wait until it answers: {} {}", outcome.stage(),
						outcome.answer());
				this.trouble = new Trouble(now, FIRST, now.plus(FIRST));
			}
			// What was begun before the trouble says no more of it.
			else if (!now.isBefore(known.probeAt())) {
				this.trouble = known.next(now);
			}
		}
		else if (known != null) {
			log.info("The mail relay answers again, after {}", Duration.between(known.since(), now));
			this.trouble = null;
		}
	}

	/**
	 * Trouble since an instant.
	 *
	 * @param pause how long the next probe is waited for, until {@code probeAt}
	 */
	private record Trouble(Instant since, Duration pause, Instant probeAt) {

		Trouble next(Instant now) {
			Duration longer = this.pause.multipliedBy(2);
			Duration next = (longer.compareTo(LONGEST) > 0) ? LONGEST : longer;
			return new Trouble(this.since, next, now.plus(next));
		}

	}

}
