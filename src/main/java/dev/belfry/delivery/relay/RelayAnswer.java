package dev.belfry.delivery.relay;

import java.nio.charset.StandardCharsets;

import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.values.OneLine;

/**
 * How far an attempt got before it failed, and what the relay said there.
 *
 * @param stage what the relay was last asked for
 * @param code 0 if no answer came, or none that is SMTP
 */
record RelayAnswer(Stage stage, int code, String words) {

	private static final int LONGEST = 500;

	/** From here on an answer is about the address and what is sent to it. */
	private static final Stage FIRST_OF_THE_ADDRESS = Stage.RCPT;

	/**
	 * 5xx is final for the address if it is about the address, and else trouble with the
	 * relay, as is a relay that says nothing before it is even told of an e-mail. All
	 * else may go well next time.
	 */
	Verdict verdict() {
		if (this.code >= 500) {
			return isBefore(FIRST_OF_THE_ADDRESS) ? Verdict.RELAY_TROUBLE : Verdict.REFUSED;
		}
		return (this.code < 400 && isBefore(Stage.MAIL)) ? Verdict.RELAY_TROUBLE : Verdict.RETRY;
	}

	AttemptOutcome outcome() {
		return new AttemptOutcome(verdict(), this.stage, isRefusal() ? this.code : null, shown(this.words));
	}

	/** Whether the relay said no, in so many words. */
	boolean isRefusal() {
		return this.code >= 400;
	}

	/** Whether the connection can carry another e-mail. */
	boolean leavesTheConnectionUsable() {
		return isRefusal() && this.code != 421 && !isBefore(FIRST_OF_THE_ADDRESS);
	}

	/** What a relay said, on a line; replies are read as octets. */
	static String words(String reply) {
		return OneLine.of(new String(reply.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
	}

	static String shown(String words) {
		return OneLine.cut(OneLine.of(words), LONGEST);
	}

	private boolean isBefore(Stage other) {
		return this.stage.compareTo(other) < 0;
	}

}
