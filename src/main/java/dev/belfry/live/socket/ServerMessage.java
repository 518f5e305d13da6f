package dev.belfry.live.socket;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.json.JsonMapper;

/**
 * A message to a client, encoded: an object of which the last member may be a payload
 * that other messages share.
 *
 * @param head the object up to where the payload begins
 * @param payload of the last member; empty if it has none
 * @param ends whether it is the last message of its operation
 */
record ServerMessage(byte[] head, byte[] payload, boolean ends) {

	static final byte END = '}';

	private static final byte[] NONE = new byte[0];

	static final ServerMessage ACK = new ServerMessage(utf8("{\"type\":\"connection_ack\""), NONE, false);

	static final ServerMessage PING = new ServerMessage(utf8("{\"type\":\"ping\""), NONE, false);

	static final ServerMessage PONG = new ServerMessage(utf8("{\"type\":\"pong\""), NONE, false);

	/** In bytes. */
	int length() {
		return this.head.length + this.payload.length + 1;
	}

	/** The messages of an operation. */
	static final class Envelope {

		private final String start;

		private final byte[] next;

		Envelope(JsonMapper json, String id) {
			this.start = "{\"id\":" + json.writeValueAsString(id) + ",\"type\":";
			this.next = utf8(this.start + "\"next\",\"payload\":");
		}

		ServerMessage next(byte[] result) {
			return new ServerMessage(this.next, result, false);
		}

		ServerMessage error(byte[] errors) {
			return new ServerMessage(utf8(this.start + "\"error\",\"payload\":"), errors, true);
		}

		ServerMessage complete() {
			return new ServerMessage(utf8(this.start + "\"complete\""), NONE, true);
		}

	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
