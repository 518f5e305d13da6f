package dev.belfry.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a port on which every connection breaks after some thousands of bytes,
 * wherever that is.
 */
final class BadNetwork implements AutoCloseable {

	private static final int LEAST = 1_500;

	private static final int MOST = 6_000;

	private final ServerSocket entrance;

	private final int port;

	private final Random random;

	private final AtomicInteger breaks = new AtomicInteger();

	private volatile boolean good;

	private BadNetwork(ServerSocket entrance, int port, long seed) {
		this.entrance = entrance;
		this.port = port;
		this.random = new Random(seed);
	}

	static BadNetwork to(int port, long seed) {
		try {
			BadNetwork network = new BadNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, seed);
			network.inBackground(network::accept);
			return network;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.entrance.getLocalPort();
	}

	/** How many connections broke. */
	int breaks() {
		return this.breaks.get();
	}

	/** From now on new connections hold. */
	void mend() {
		this.good = true;
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.entrance.accept();
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.port);
			int length = this.good ? Integer.MAX_VALUE : this.random.nextInt(LEAST, MOST);
			inBackground(() -> pass(client, server, Integer.MAX_VALUE));
			inBackground(() -> pass(server, client, length));
		}
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

	private void inBackground(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException closed) {
				// By either side, or at the end of the test.
			}
		}, "bad-network");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.entrance.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Task {

		void run() throws IOException;

	}

}
