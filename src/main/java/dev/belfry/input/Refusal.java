package dev.belfry.input;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request that is answered with a top-level error: what the client did wrong, may not
 * do, or should try again. The extensions reach the client; nothing else does.
 */
public final class Refusal extends RuntimeException {

	/** The codes that {@code extensions.code} can have; the schema describes each. */
	public enum Code {

		UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, CURSOR_INVALID, GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED,
		PAYLOAD_TOO_LARGE, ANSWER_TOO_LARGE, REQUEST_TIMEOUT, SUBSCRIPTION_TRANSPORT, TOO_MANY_OPERATIONS,
		TOO_MANY_CONNECTIONS, RATE_LIMITED, OVERLOADED, STATEMENT_TIMEOUT, UNAVAILABLE, INTERNAL_ERROR

	}

	/** The extension that says after how many seconds to try again. */
	public static final String RETRY_AFTER = "retryAfterSeconds";

	/** Until others have ended. */
	private static final Duration SOME_SECONDS = Duration.ofSeconds(5);

	private final Code code;

	private final Map<String, Object> extensions;

	private Refusal(Code code, String message, Map<String, Object> details) {
		super(message, null, false, false);
		this.code = code;
		this.extensions = new LinkedHashMap<>(details);
		this.extensions.put("code", code.name());
	}

	/**
	 * The argument at this path, for example {@code filter.search}, is outside its
	 * limits.
	 */
	public static Refusal badInput(String message, String... field) {
		return new Refusal(Code.BAD_USER_INPUT, message, Map.of("field", List.of(field)));
	}

	/** The cursor at this path is not one of this account's log as it is now. */
	public static Refusal cursorInvalid(String... field) {
		return new Refusal(Code.CURSOR_INVALID,
				"This cursor is not valid for the account's log. Leave it out to start again.",
				Map.of("field", List.of(field)));
	}

	public static Refusal unauthenticated(String message) {
		return new Refusal(Code.UNAUTHENTICATED, message, Map.of());
	}

	public static Refusal missingScope(String scope) {
		return new Refusal(Code.FORBIDDEN, "This needs a token with the scope " + scope + ".", Map.of("scope", scope));
	}

	public static Refusal forbidden(String message) {
		return new Refusal(Code.FORBIDDEN, message, Map.of());
	}

	public static Refusal unavailable(String message) {
		return new Refusal(Code.UNAVAILABLE, message, Map.of("retryable", true));
	}

	/** The same request can succeed a few seconds later, when others have ended. */
	public static Refusal later(Code code, String message) {
		return later(code, message + " Try again in " + SOME_SECONDS.toSeconds() + " s.", SOME_SECONDS);
	}

	/** The caller has used a quota up, and can go on after some time. */
	public static Refusal rateLimited(String message, Duration retryAfter) {
		return later(Code.RATE_LIMITED, message, retryAfter);
	}

	/** The node has too much to do just now. Nothing was done. */
	public static Refusal overloaded(String message) {
		return later(Code.OVERLOADED, message, Duration.ofSeconds(1));
	}

	/** A statement took longer than it may. Nothing was changed. */
	public static Refusal outOfTime(String message) {
		return new Refusal(Code.STATEMENT_TIMEOUT, message, Map.of("retryable", true));
	}

	/** In whole seconds, as in the header {@code Retry-After}; one at least. */
	private static Refusal later(Code code, String message, Duration time) {
		return new Refusal(code, message,
				Map.of("retryable", true, RETRY_AFTER, Math.max(1, time.plusMillis(999).toSeconds())));
	}

	/** An internal error; the log has it under the id. */
	public static Refusal internalError(String requestId) {
		return new Refusal(Code.INTERNAL_ERROR,
				"Internal error. The log of Belfry has the details under the id " + requestId + ".",
				Map.of("requestId", requestId));
	}

	public static Refusal of(Code code, String message) {
		return new Refusal(code, message, Map.of());
	}

	public Code code() {
		return this.code;
	}

	public Map<String, Object> extensions() {
		return this.extensions;
	}

}
