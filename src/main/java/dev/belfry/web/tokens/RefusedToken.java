package dev.belfry.web.tokens;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import dev.belfry.input.Refusal;

/**
 * Why a token is refused, in words for whoever shows it: over HTTP, and as the reason for
 * which a socket is closed, which has room for 123 bytes.
 */
public final class RefusedToken {

	static final String WITHOUT_EXPIRY = "The token never expires: it needs the claim \"exp\".";

	private static final String EXPIRED = "The token has expired. Use a new one.";

	private static final String OTHER = "The token is malformed, or not a JWT.";

	/** By the words of Spring Security and Nimbus, which carry no codes. */
	private static final Map<Pattern, String> WORDS = words();

	private RefusedToken() {
	}

	public static Refusal expired() {
		return Refusal.unauthenticated(EXPIRED);
	}

	/** What went wrong when the token was verified, or when its viewer was looked for. */
	public static Refusal of(Throwable problem) {
		for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal refusal) {
				return refusal;
			}
			String message = String.valueOf(cause.getMessage());
			for (Map.Entry<Pattern, String> words : WORDS.entrySet()) {
				if (words.getKey().matcher(message).find()) {
					return Refusal.unauthenticated(words.getValue());
				}
			}
		}
		return Refusal.unauthenticated(OTHER);
	}

	private static Map<Pattern, String> words() {
		Map<Pattern, String> words = new LinkedHashMap<>();
		words.put(Pattern.compile("never expires"), WITHOUT_EXPIRY);
		words.put(Pattern.compile("expired at"), EXPIRED);
		words.put(Pattern.compile("used before"), "The token is not valid yet: see its claim \"nbf\", and the clocks.");
		words.put(Pattern.compile("iss claim"), "The token is of another issuer: see its claim \"iss\".");
		words.put(Pattern.compile("aud claim"), "The token is for another audience: see its claim \"aud\".");
		words.put(Pattern.compile("Invalid signature|matching key|[Uu]nsupported algorithm"),
				"The token is not signed by a key of the issuer.");
		return words;
	}

}
