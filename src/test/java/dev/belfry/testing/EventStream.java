package dev.belfry.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One operation over server-sent events, on a plain socket. */
public final class EventStream implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int PATIENCE_MILLIS = (int) BelfryClient.TIMEOUT.toMillis();

	private final Socket socket = new Socket();

	private final DataInputStream input;

	private final List<String> head = new ArrayList<>();

	private int leftOfChunk;

	private EventStream(int port, int receiveBuffer) throws IOException {
		this.socket.setReceiveBufferSize(receiveBuffer);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
		this.input = new DataInputStream(new BufferedInputStream(this.socket.getInputStream(), 512));
	}

	/**
	 * Sends an operation.
	 * @param receiveBuffer how many bytes the operating system may take in unread
	 */
	public static EventStream open(int port, int receiveBuffer, String token, String document,
			Map<String, Object> variables, String... headers) {
		try {
			EventStream stream = new EventStream(port, receiveBuffer);
			byte[] body = JSON.writeValueAsBytes(Map.of("query", document, "variables", variables));
			stream.send(List.of("POST /graphql HTTP/1.1", "Host: 127.0.0.1:" + port, "Authorization: Bearer " + token,
					"Content-Type: application/json", "Accept: text/event-stream", "Content-Length: " + body.length),
					List.of(headers), body);
			return stream;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void send(List<String> lines, List<String> more, byte[] body) throws IOException {
		List<String> all = new ArrayList<>(lines);
		all.addAll(more);
		byte[] start = (String.join("\r\n", all) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
		this.socket.getOutputStream().write(start);
		this.socket.getOutputStream().write(body);
		for (String line = line(); !line.isEmpty(); line = line()) {
			this.head.add(line);
		}
	}

	/** The status line and the headers that the server answered. */
	public List<String> head() {
		return this.head;
	}

	/** The next event; comments are passed over. */
	public Event event() {
		Map<String, String> fields = new LinkedHashMap<>();
		try {
			for (String line = text(); !line.isEmpty() || fields.isEmpty(); line = text()) {
				int colon = line.indexOf(':');
				if (colon > 0) {
					fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Event(fields.get("event"), fields.get("id"), fields.get("data"));
	}

	/** Whether the server has ended the stream. */
	public boolean isEnded() {
		try {
			return next() < 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A line of the body, without the chunks of HTTP. */
	private String text() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int octet = next(); octet != '\n'; octet = next()) {
			if (octet < 0) {
				throw new IOException("The stream has ended");
			}
			line.append((char) octet);
		}
		return line.toString();
	}

	private int next() throws IOException {
		if (this.leftOfChunk == 0) {
			String size = line();
			this.leftOfChunk = Integer.parseInt((size.isEmpty()) ? line() : size, 16);
		}
		if (this.leftOfChunk == 0) {
			return -1;
		}
		this.leftOfChunk--;
		return this.input.readUnsignedByte();
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int octet = this.input.read(); octet != '\n'; octet = this.input.read()) {
			if (octet < 0) {
				throw new IOException("The connection has ended");
			}
			if (octet != '\r') {
				line.append((char) octet);
			}
		}
		return line.toString();
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

	/** An event; texts beyond ASCII are garbled. */
	public record Event(String name, @Nullable String id, String data) {

		public JsonNode json() {
			return JSON.readTree(this.data);
		}

		public Map<String, Object> content() {
			return JSON.readValue(this.data, new TypeReference<Map<String, Object>>() {
			});
		}

	}

}
