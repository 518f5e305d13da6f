package dev.belfry.live.socket;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message that a client may send, as the protocol {@code graphql-transport-ws} has them
 * (PROTOCOL.md of enisdenjo/graphql-ws).
 */
sealed interface ClientMessage {

	/** Asks to be let in; the payload shows the token. */
	record ConnectionInit(Map<String, Object> payload) implements ClientMessage {
	}

	/** Wants a pong; the payload may show a new token. */
	record Ping(Map<String, Object> payload) implements ClientMessage {
	}

	/** Says that the client is there. */
	record Pong() implements ClientMessage {
	}

	/**
	 * Starts an operation.
	 *
	 * @param request as over HTTP: query, operationName, variables, extensions
	 */
	record Subscribe(String id, Map<String, Object> request) implements ClientMessage {

		String document() {
			return String.valueOf(this.request.get("query"));
		}

		@Nullable String operationName() {
			return (String) this.request.get("operationName");
		}

		Map<String, Object> variables() {
			return optional(this.request, "variables");
		}

		Map<String, Object> extensions() {
			return optional(this.request, "extensions");
		}

	}

	/** Ends an operation. */
	record Complete(String id) implements ClientMessage {
	}

	/** Reads a message, or fails with {@link Invalid}. */
	static ClientMessage read(JsonMapper json, ByteBuf text) {
		Map<String, Object> message = object(json, text);
		return switch (String.valueOf(message.get("type"))) {
			case "connection_init" -> new ConnectionInit(optional(message, "payload"));
			case "ping" -> new Ping(optional(message, "payload"));
			case "pong" -> pong(message);
			case "subscribe" -> new Subscribe(id(message), request(message));
			case "complete" -> new Complete(id(message));
			default -> throw new Invalid("\"type\" is not that of a message to a server");
		};
	}

	private static Map<String, Object> object(JsonMapper json, ByteBuf text) {
		try {
			Map<String, Object> message = json.readValue((InputStream) new ByteBufInputStream(text),
					new TypeReference<LinkedHashMap<String, @Nullable Object>>() {
					});
			if (message != null) {
				return message;
			}
		}
		catch (JacksonException notAnObject) {
			// Answered like null, which is no object either.
		}
		throw new Invalid("not a JSON object");
	}

	private static Pong pong(Map<String, Object> message) {
		optional(message, "payload");
		return new Pong();
	}

	private static String id(Map<String, Object> message) {
		if (message.get("id") instanceof String id && !id.isEmpty()) {
			return id;
		}
		throw new Invalid("\"id\" must be a text that is not empty");
	}

	private static Map<String, Object> request(Map<String, Object> message) {
		if (!(message.get("payload") instanceof Map<?, ?>)) {
			throw new Invalid("\"payload\" must be an object with a \"query\"");
		}
		Map<String, Object> request = optional(message, "payload");
		if (!(request.get("query") instanceof String)) {
			throw new Invalid("\"payload.query\" must be a text");
		}
		if (request.get("operationName") != null && !(request.get("operationName") instanceof String)) {
			throw new Invalid("\"payload.operationName\" must be a text or null");
		}
		optional(request, "variables");
		optional(request, "extensions");
		return request;
	}

	/** An object, which is empty if it is null or missing. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> optional(Map<String, Object> message, String name) {
		Object value = message.get(name);
		if (value == null) {
			return Map.of();
		}
		if (value instanceof Map<?, ?> object) {
			return (Map<String, Object>) object;
		}
		throw new Invalid("\"" + name + "\" must be an object or null");
	}

	/** A message that the protocol does not have. */
	@SuppressWarnings("serial")
	final class Invalid extends RuntimeException {

		Invalid(String reason) {
			super("Invalid message: " + reason, null, false, false);
		}

		/** As the reason of a close frame. */
		String reason() {
			return String.valueOf(getMessage());
		}

	}

}
