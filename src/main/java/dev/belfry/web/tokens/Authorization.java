package dev.belfry.web.tokens;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import dev.belfry.input.Refusal;

/** Where clients of sockets put their token, and how they write it. */
public final class Authorization {

	private static final String NAME = "authorization";

	private static final Pattern BEARER = Pattern.compile("\\s*Bearer +(\\S+)\\s*", Pattern.CASE_INSENSITIVE);

	private Authorization() {
	}

	/**
	 * As a payload has it: by itself or among {@code headers}, in capital letters or
	 * small ones. Null if it has none.
	 */
	public static @Nullable Object in(Map<String, Object> payload) {
		Object own = named(NAME, payload);
		if (own != null) {
			return own;
		}
		return (named("headers", payload) instanceof Map<?, ?> headers) ? named(NAME, headers) : null;
	}

	private static @Nullable Object named(String name, Map<?, ?> values) {
		for (Map.Entry<?, ?> value : values.entrySet()) {
			if (value.getKey() instanceof String key && key.equalsIgnoreCase(name) && value.getValue() != null) {
				return value.getValue();
			}
		}
		return null;
	}

	/** The token that a request of HTTP shows; null if it shows none. */
	public static @Nullable String in(HttpHeaders headers) {
		Matcher bearer = BEARER.matcher(String.valueOf(headers.getFirst(HttpHeaders.AUTHORIZATION)));
		return bearer.matches() ? bearer.group(1) : null;
	}

	/** The token itself; fails with a {@link Refusal} that says what is missing. */
	public static String token(@Nullable Object authorization) {
		if (authorization == null) {
			throw Refusal.unauthenticated(
					"This needs a token: connection_init with the payload {\"authorization\": \"Bearer …\"}.");
		}
		Matcher bearer = BEARER.matcher((authorization instanceof String text) ? text : "");
		if (!bearer.matches()) {
			throw Refusal.unauthenticated("The value of \"authorization\" must be \"Bearer …\", with a token.");
		}
		return bearer.group(1);
	}

}
