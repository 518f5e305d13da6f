package dev.belfry.addresses;

import java.util.Objects;

/**
 * A text is no e-mail address that mail can be sent to. The message says why, as the end
 * of a sentence: {@code it has no @.}
 */
public final class NoEmailAddress extends RuntimeException {

	NoEmailAddress(String why) {
		super(why, null, false, false);
	}

	public String why() {
		return Objects.requireNonNull(getMessage());
	}

}
