package dev.belfry.delivery.mail;

import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt. code: the SMTP reply code, if there was one; answer: the
 * relay's words or what went wrong, safe to show, at most 500 characters.
 */
public record Outcome(Verdict verdict, Stage stage, @Nullable Integer code, String answer) {

	public enum Verdict {

		SENT, REFUSED /* final for this address */, RETRY,
		RELAY_TROUBLE /* retry, and the relay as a whole is at fault */

	}

	public enum Stage {

		CONNECT, BANNER, EHLO, AUTH, MAIL, RCPT, DATA, BODY /* after the final dot */, COMPOSE

	}

}
