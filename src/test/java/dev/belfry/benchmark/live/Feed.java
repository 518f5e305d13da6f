package dev.belfry.benchmark.live;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.RawWebSocket;

/** A subscription to the log of which every frame is read when the reader pleases. */
final class Feed implements AutoCloseable {

	/** So that little is under way to who does not read. */
	private static final int RECEIVE_BUFFER = 4096;

	private static final JsonMapper JSON = new JsonMapper();

	private final RawWebSocket socket;

	private final Chain chain;

	/** Begins now, or where the chain ends. */
	Feed(int port, String token, Chain chain) {
		this.chain = chain;
		this.socket = RawWebSocket.connect(port, RECEIVE_BUFFER, "Sec-WebSocket-Protocol: graphql-transport-ws");
		this.socket.init(token)
			.subscribe("1", ClientSamples.document("jobNotificationFeed"),
					chain.cursor().isEmpty() ? Map.of() : Map.of("since", chain.cursor()));
	}

	/**
	 * Reads a frame, and answers how many bytes it had; negative if it was the end. Pings
	 * are not answered.
	 */
	int read() {
		RawWebSocket.Frame frame = this.socket.frame();
		if (frame.firstByte() != RawWebSocket.TEXT) {
			return -frame.code();
		}
		@SuppressWarnings("unchecked")
		Map<String, Object> message = JSON.readValue(frame.payload(), Map.class);
		if ("next".equals(message.get("type"))) {
			this.chain.take(message);
		}
		else if (!"ping".equals(message.get("type"))) {
			throw new IllegalStateException("Nobody expected " + message);
		}
		return frame.payload().length;
	}

	/** An answer to a ping, maybe to one that is still under way. */
	void pong() {
		this.socket.send(Map.of("type", "pong"));
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
