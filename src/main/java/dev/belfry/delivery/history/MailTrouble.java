package dev.belfry.delivery.history;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.outbox.DeliveryState;

/**
 * Why no recent e-mail of a topic was sent.
 *
 * @param since when the first of them was queued
 * @param message the latest reason, in a sentence or two
 */
public record MailTrouble(Kind kind, Instant since, String message) {

	/** How many e-mails must go the same way, if there are so many. */
	static final int NUMBER = 5;

	/**
	 * What the latest e-mails of a topic have in common, if it is bad.
	 * @param latest newest first; those alone of which it is known what came of them
	 */
	static @Nullable MailTrouble of(List<Latest> latest) {
		if (latest.isEmpty()) {
			return null;
		}
		Latest newest = latest.get(0);
		List<Latest> waiting = latest.stream().takeWhile((each) -> each.state() == DeliveryState.PENDING).toList();
		if (!waiting.isEmpty()) {
			return new MailTrouble(Kind.OVER_CAP, waiting.get(waiting.size() - 1).createdAt(), newest.answer());
		}
		if (latest.stream().anyMatch((each) -> each.state() == DeliveryState.SENT)) {
			return null;
		}
		Instant since = latest.get(latest.size() - 1).createdAt();
		return (newest.state() == DeliveryState.SUPPRESSED)
				? new MailTrouble(Kind.SUPPRESSED, since, "All its addresses are suppressed for this topic.")
				: new MailTrouble(Kind.FAILING, since, newest.answer());
	}

	/** Why none was sent. */
	public enum Kind {

		/** Their addresses get none. */
		SUPPRESSED,
		/** They are refused, or are still tried in vain. */
		FAILING,
		/** They are above what the account may send on one day. */
		OVER_CAP

	}

	/**
	 * One of the latest e-mails of a topic.
	 *
	 * @param state PENDING for one that waits for a later day
	 */
	record Latest(DeliveryState state, Instant createdAt, String answer) {
	}

}
