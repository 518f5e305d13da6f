package dev.belfry.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A WebSocket at the level of bytes: sends any frame, right or wrong, and reads no faster
 * than it is told to.
 */
public final class RawWebSocket implements AutoCloseable {

	public static final int TEXT = 0x81;

	public static final int CLOSE = 0x88;

	public static final int PING = 0x89;

	public static final int PONG = 0x8a;

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {
	};

	private static final byte[] MASK = { 1, 2, 3, 4 };

	private static final int PATIENCE_MILLIS = (int) BelfryClient.TIMEOUT.toMillis();

	private final Socket socket;

	private final DataInputStream input;

	private final OutputStream output;

	private final List<String> handshake = new ArrayList<>();

	private RawWebSocket(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 512));
		this.output = socket.getOutputStream();
	}

	/** Shakes hands for the protocol of GraphQL. */
	public static RawWebSocket connect(int port) {
		return connect(port, 1 << 16, "Sec-WebSocket-Protocol: graphql-transport-ws");
	}

	/**
	 * Shakes hands with these headers.
	 * @param receiveBuffer how many bytes the operating system may take in unread
	 */
	public static RawWebSocket connect(int port, int receiveBuffer, String... headers) {
		try {
			Socket socket = new Socket();
			socket.setReceiveBufferSize(receiveBuffer);
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.setTcpNoDelay(true);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
			RawWebSocket connected = new RawWebSocket(socket);
			connected.shakeHands(port, headers);
			return connected;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The status line and the headers that the server answered. */
	public List<String> handshake() {
		return this.handshake;
	}

	/** Shows the token, and reads the acknowledgement. */
	public RawWebSocket init(String token) {
		send(Map.of("type", "connection_init", "payload", Map.of("authorization", "Bearer " + token)));
		Map<String, Object> ack = message();
		if (!"connection_ack".equals(ack.get("type"))) {
			throw new IllegalStateException("Not acknowledged: " + ack);
		}
		return this;
	}

	public void subscribe(String id, String document, Map<String, Object> variables) {
		send(Map.of("id", id, "type", "subscribe", "payload", Map.of("query", document, "variables", variables)));
	}

	public void send(Map<String, ?> message) {
		sendText(JSON.writeValueAsString(message));
	}

	public void sendText(String text) {
		sendFrame(TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	/** Messages that arrive at once. */
	public void sendTogether(List<Map<String, ?>> messages) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		messages.forEach((message) -> frames
			.writeBytes(masked(TEXT, JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8))));
		sendBytes(frames.toByteArray());
	}

	/** A frame as a client must send it: masked. */
	public void sendFrame(int firstByte, byte[] payload) {
		sendBytes(masked(firstByte, payload));
	}

	private static byte[] masked(int firstByte, byte[] payload) {
		byte[] masked = payload.clone();
		for (int i = 0; i < masked.length; i++) {
			masked[i] ^= MASK[i % MASK.length];
		}
		return frame(head(firstByte, payload.length, 0x80).put(MASK), masked);
	}

	private static byte[] frame(ByteBuffer head, byte[] payload) {
		byte[] frame = Arrays.copyOf(head.array(), head.position() + payload.length);
		System.arraycopy(payload, 0, frame, head.position(), payload.length);
		return frame;
	}

	/** A frame as no client may send it. */
	public void sendUnmasked(int firstByte, byte[] payload) {
		sendBytes(frame(head(firstByte, payload.length, 0), payload));
	}

	/** The next frame; answers no pings. */
	public Frame frame() {
		try {
			int first = this.input.readUnsignedByte();
			int length = this.input.readUnsignedByte() & 0x7f;
			long size = (length == 126) ? this.input.readUnsignedShort()
					: (length == 127) ? this.input.readLong() : length;
			byte[] payload = new byte[(int) size];
			this.input.readFully(payload);
			return new Frame(first, payload);
		}
		catch (EOFException end) {
			return Frame.END;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The next message, of which all frames must be whole. */
	public Map<String, Object> message() {
		Frame frame = frame();
		if (frame.firstByte() != TEXT) {
			throw new IllegalStateException("No message, but " + frame);
		}
		return JSON.readValue(frame.payload(), OBJECT);
	}

	/** Reads on until the server closes, and tells how. */
	public Frame closing() {
		Frame frame = frame();
		while (frame.firstByte() != CLOSE && frame != Frame.END) {
			frame = frame();
		}
		return frame;
	}

	/** Resets the connection, as a network does that breaks. */
	public void cut() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void shakeHands(int port, String... headers) throws IOException {
		List<String> request = new ArrayList<>(
				List.of("GET /graphql HTTP/1.1", "Host: 127.0.0.1:" + port, "Connection: Upgrade", "Upgrade: websocket",
						"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
		request.addAll(Arrays.asList(headers));
		this.output.write((String.join("\r\n", request) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		for (String line = line(); !line.isEmpty(); line = line()) {
			this.handshake.add(line);
		}
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.input.readUnsignedByte(); next != '\n'; next = this.input.readUnsignedByte()) {
			line.append((next == '\r') ? "" : (char) next);
		}
		return line.toString();
	}

	private static ByteBuffer head(int firstByte, int length, int maskBit) {
		ByteBuffer head = ByteBuffer.allocate(14).put((byte) firstByte);
		if (length < 126) {
			return head.put((byte) (maskBit | length));
		}
		return (length < 1 << 16) ? head.put((byte) (maskBit | 126)).putShort((short) length)
				: head.put((byte) (maskBit | 127)).putLong(length);
	}

	private void sendBytes(byte[] bytes) {
		try {
			this.output.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A frame as it came.
	 *
	 * @param firstByte its flags and kind
	 */
	public record Frame(int firstByte, byte[] payload) {

		/** In the place of a frame, when the connection has ended. */
		public static final Frame END = new Frame(0, new byte[0]);

		/** The code of a close frame; 1005 if it has none, 1006 if there is no frame. */
		public int code() {
			if (this == END) {
				return 1006;
			}
			return (this.payload.length < 2) ? 1005 : ByteBuffer.wrap(this.payload).getShort() & 0xffff;
		}

		/** The reason that a close frame gives. */
		public String reason() {
			return (this.payload.length < 2) ? ""
					: new String(this.payload, 2, this.payload.length - 2, StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return (this.firstByte == CLOSE || this == END) ? code() + " " + reason()
					: Integer.toHexString(this.firstByte) + " " + new String(this.payload, StandardCharsets.UTF_8);
		}

	}

}
