package dev.belfry.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * A message to a client, encoded.
 *
 * @param ends whether it is the last of its operation
 */
record ServerMessage(byte[] text, boolean ends) {

	static final ServerMessage ACK = new ServerMessage(utf8("{\"type\":\"connection_ack\"}"), false);

	static final ServerMessage PING = new ServerMessage(utf8("{\"type\":\"ping\"}"), false);

	static final ServerMessage PONG = new ServerMessage(utf8("{\"type\":\"pong\"}"), false);

	/** Encodes the messages of an operation, of which all but the payload is the same. */
	static final class Encoder {

		private final JsonMapper json;

		private final String head;

		Encoder(JsonMapper json, String id) {
			this.json = json;
			this.head = "{\"id\":" + json.writeValueAsString(id) + ",\"type\":\"";
		}

		ServerMessage next(Map<String, Object> result) {
			return new ServerMessage(withPayload("next", this.json.writeValueAsBytes(result)), false);
		}

		ServerMessage error(List<Map<String, Object>> errors) {
			return new ServerMessage(withPayload("error", this.json.writeValueAsBytes(errors)), true);
		}

		ServerMessage complete() {
			return new ServerMessage(utf8(this.head + "complete\"}"), true);
		}

		private byte[] withPayload(String type, byte[] payload) {
			byte[] start = utf8(this.head + type + "\",\"payload\":");
			byte[] text = new byte[start.length + payload.length + 1];
			System.arraycopy(start, 0, text, 0, start.length);
			System.arraycopy(payload, 0, text, start.length, payload.length);
			text[text.length - 1] = '}';
			return text;
		}

	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
