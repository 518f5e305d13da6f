package dev.belfry.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import dev.belfry.testing.Entrance;

/**
 * A way to a port on which every connection breaks after some thousands of bytes,
 * wherever that is.
 */
final class BadNetwork implements AutoCloseable {

	private static final int LEAST = 1_500;

	private static final int MOST = 6_000;

	private final Entrance entrance = Entrance.open("bad-network", this::take);

	private final int port;

	private final Random random;

	private final AtomicInteger breaks = new AtomicInteger();

	private volatile boolean good;

	private BadNetwork(int port, long seed) {
		this.port = port;
		this.random = new Random(seed);
	}

	static BadNetwork to(int port, long seed) {
		return new BadNetwork(port, seed);
	}

	int port() {
		return this.entrance.port();
	}

	/** How many connections broke. */
	int breaks() {
		return this.breaks.get();
	}

	/** From now on new connections hold. */
	void mend() {
		this.good = true;
	}

	private void take(Socket client) throws IOException {
		Socket server = new Socket(InetAddress.getLoopbackAddress(), this.port);
		int length = this.good ? Integer.MAX_VALUE : this.random.nextInt(LEAST, MOST);
		this.entrance.inBackground(() -> pass(client, server, Integer.MAX_VALUE));
		this.entrance.inBackground(() -> pass(server, client, length));
	}

	private void pass(Socket from, Socket to, int length) throws IOException {
		try (from; to) {
			InputStream input = from.getInputStream();
			OutputStream output = to.getOutputStream();
			byte[] bytes = new byte[512];
			int left = length;
			for (int read = input.read(bytes); read >= 0 && left > 0; read = input.read(bytes)) {
				output.write(bytes, 0, Math.min(read, left));
				left -= read;
			}
			if (left <= 0) {
				this.breaks.incrementAndGet();
			}
		}
	}

	@Override
	public void close() {
		this.entrance.close();
	}

}
