package dev.belfry.input;

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
		TOO_MANY_CONNECTIONS, OVERLOADED, UNAVAILABLE, INTERNAL_ERROR

	}

	/** In seconds. */
	private static final int RETRY_AFTER = 5;

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

	/** The node has as much to do, or holds as much, as it may. */
	public static Refusal overloaded(String message) {
		return later(Code.OVERLOADED, message);
	}

	/** The same request can succeed a few seconds later, when others have ended. */
	public static Refusal later(Code code, String message) {
		return new Refusal(code, message + " Try again in " + RETRY_AFTER + " s.",
				Map.of("retryable", true, "retryAfter", RETRY_AFTER));
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
