package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A connection by HTTP at the level of bytes, for who sends them slowly or not at all.
 */
public final class RawHttp implements AutoCloseable {

	private static final int PATIENCE_MILLIS = (int) BelfryClient.TIMEOUT.toMillis();

	private final Socket socket = new Socket();

	private RawHttp(int port) throws IOException {
		this.socket.setReceiveBufferSize(1 << 12);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
	}

	public static RawHttp connect(int port) {
		try {
			return new RawHttp(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The head of a request to GraphQL. */
	public static String head(String token, long length) {
		return "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
				+ "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
	}

	/** Sends text, if the other side still takes any. */
	public RawHttp send(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (SocketException closed) {
			// What it has said is still to be read.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/** All that comes until the other side closes. */
	public String rest() {
		StringBuilder text = new StringBuilder();
		try {
			for (int octet = this.socket.getInputStream().read(); octet >= 0; octet = this.socket.getInputStream()
				.read()) {
				text.append((char) octet);
			}
		}
		catch (SocketException reset) {
			// Closed too.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return text.toString();
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

}
