package dev.belfry.delivery.relay;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

import javax.net.SocketFactory;

/**
 * A socket on which an answer as a whole must come within the read time-out, however
 * slowly its bytes drip, and may have 64 KiB. An answer is all that comes before
 * something is sent again.
 */
final class RelaySocket extends Socket {

	private static final int LONGEST_ANSWER = 1 << 16;

	private int patienceMillis;

	private long due;

	private int left;

	private RelaySocket() {
	}

	@Override
	public void connect(SocketAddress relay, int timeout) throws IOException {
		// Else the final dot waits until the relay has acknowledged what came before, 40
		// ms. Set before, since a relay may reset the connection at once.
		setTcpNoDelay(true);
		super.connect(relay, timeout);
		awaitAnswer();
	}

	@Override
	public synchronized void setSoTimeout(int millis) throws SocketException {
		this.patienceMillis = millis;
		super.setSoTimeout(millis);
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return new Answers(super.getInputStream());
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return new Questions(super.getOutputStream());
	}

	private void awaitAnswer() {
		this.due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.patienceMillis);
		this.left = LONGEST_ANSWER;
	}

	private void limitWait() throws IOException {
		if (this.patienceMillis > 0) {
			long millis = TimeUnit.NANOSECONDS.toMillis(this.due - System.nanoTime());
			if (millis <= 0) {
				throw new SocketTimeoutException("The answer is not complete in time");
			}
			super.setSoTimeout((int) millis);
		}
	}

	/** What the relay sends. */
	private final class Answers extends FilterInputStream {

		Answers(InputStream input) {
			super(input);
		}

		@Override
		public int read() throws IOException {
			byte[] octet = new byte[1];
			return (read(octet, 0, 1) < 0) ? -1 : octet[0] & 0xff;
		}

		@Override
		public int read(byte[] octets, int offset, int length) throws IOException {
			limitWait();
			int count = super.read(octets, offset, length);
			RelaySocket.this.left -= Math.max(0, count);
			if (RelaySocket.this.left < 0) {
				throw new IOException("The answer is too long");
			}
			return count;
		}

	}

	/** What the relay is sent. */
	private final class Questions extends FilterOutputStream {

		Questions(OutputStream output) {
			super(output);
		}

		@Override
		public void write(int octet) throws IOException {
			this.out.write(octet);
			awaitAnswer();
		}

		@Override
		public void write(byte[] octets, int offset, int length) throws IOException {
			this.out.write(octets, offset, length);
			awaitAnswer();
		}

	}

	/** Makes the sockets; Jakarta Mail connects them. */
	static final class Factory extends SocketFactory {

		@Override
		public Socket createSocket() {
			return new RelaySocket();
		}

		@Override
		public Socket createSocket(String host, int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(InetAddress host, int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
			throw new UnsupportedOperationException();
		}

	}

}
