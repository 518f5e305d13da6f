package dev.belfry.delivery.relay;

import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param code the SMTP reply code, if there was one
 * @param answer the relay's words or what went wrong, safe to show, at most 500
 * characters
 */
public record AttemptOutcome(Verdict verdict, Stage stage, @Nullable Integer code, String answer) {

	/** That an e-mail cannot be written. */
	public static AttemptOutcome unwritten(String why) {
		return new AttemptOutcome(Verdict.REFUSED, Stage.COMPOSE, null, why);
	}

	/** What an attempt means for its e-mail. */
	public enum Verdict {

		/** The relay took it. */
		SENT,
		/** Final for this address. */
		REFUSED,
		/** To be tried again. */
		RETRY,
		/** To be retried; the problem is the relay as a whole. */
		RELAY_TROUBLE

	}

	/** How far an attempt came; {@code BODY} is after the final dot. */
	public enum Stage {

		CONNECT, BANNER, EHLO, AUTH, MAIL, RCPT, DATA, BODY, COMPOSE

	}

}
