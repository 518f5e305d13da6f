package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of this machine at which connections are taken in, to be passed on to another
 * port with something done to them on the way.
 */
public final class Entrance implements AutoCloseable {

	private final ServerSocket socket;

	private final String name;

	private Entrance(ServerSocket socket, String name) {
		this.socket = socket;
		this.name = name;
	}

	/**
	 * Opens one.
	 * @param name of the threads
	 * @param taker is given each connection, on a thread that takes in no other meanwhile
	 */
	public static Entrance open(String name, Taker taker) {
		try {
			Entrance entrance = new Entrance(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), name);
			entrance.inBackground(() -> {
				while (true) {
					taker.take(entrance.socket.accept());
				}
			});
			return entrance;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/** Does something until a connection closes, on a thread of its own. */
	public void inBackground(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException closed) {
				// By either side, or at the end of the test.
			}
		}, this.name);
		thread.setDaemon(true);
		thread.start();
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

	/** Takes a connection in. */
	public interface Taker {

		void take(Socket client) throws IOException;

	}

	/** Goes on until a connection closes. */
	public interface Task {

		void run() throws IOException;

	}

}
