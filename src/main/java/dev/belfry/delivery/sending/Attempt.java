package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.outbox.MailJson;
import dev.belfry.delivery.relay.AttemptOutcome;

/**
 * One try to hand an e-mail over, and what came of it.
 *
 * @param startedAt by the database's clock once it is recorded, before by the node's
 */
public record Attempt(int number, Instant startedAt, Instant endedAt, AttemptOutcome.Verdict verdict,
		AttemptOutcome.Stage stage, @Nullable Integer code, String answer) {

	/** The most characters of an answer that are kept. */
	private static final int LONGEST = 500;

	Duration took() {
		return Duration.between(this.startedAt, this.endedAt);
	}

	static Attempt of(ClaimedEmail mail, Instant startedAt, Instant endedAt, AttemptOutcome outcome) {
		String answer = MailJson.storable(outcome.answer());
		return new Attempt(mail.attempt(), startedAt, endedAt, outcome.verdict(), outcome.stage(), outcome.code(),
				answer.substring(0,
						answer.offsetByCodePoints(0, Math.min(LONGEST, answer.codePointCount(0, answer.length())))));
	}

}
