package dev.belfry.delivery.outbox;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the ids by which receivers know an e-mail again that comes twice. */
final class MessageIds {

	private static final int RANDOM = 16;

	private final SecureRandom random = seeded();

	private final String domain;

	MessageIds(String domain) {
		this.domain = domain;
	}

	/** As the header {@code Message-ID} has it, with its angle brackets. */
	String next() {
		byte[] unique = new byte[RANDOM];
		this.random.nextBytes(unique);
		return "<delivery-" + HexFormat.of().formatHex(unique) + "@" + this.domain + ">";
	}

	/** The usual generators read a device, for which an event loop must not wait. */
	private static SecureRandom seeded() {
		try {
			SecureRandom random = SecureRandom.getInstance("DRBG");
			random.nextInt();
			return random;
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
