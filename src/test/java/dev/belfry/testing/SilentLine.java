package dev.belfry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a port that can fall silent: connections stay open, and whatever is said is
 * swallowed. A connection to which that happened stays silent for good, as one that a
 * firewall has forgotten.
 */
public final class SilentLine implements AutoCloseable {

	private final Entrance entrance = Entrance.open("silent-line", this::take);

	private volatile int port;

	private final Set<Line> lines = ConcurrentHashMap.newKeySet();

	private volatile boolean silent;

	private volatile boolean cut;

	private SilentLine(int port) {
		this.port = port;
	}

	public static SilentLine to(int port) {
		return new SilentLine(port);
	}

	public int port() {
		return this.entrance.port();
	}

	/** All connections fall silent, and those that are made from now on. */
	public void swallow() {
		this.silent = true;
		deaden();
	}

	/** All connections end, and new ones end at once. */
	public void cut() {
		this.cut = true;
		this.lines.forEach(Line::end);
	}

	/** Connections that are made from now on speak again. */
	public void speak() {
		this.silent = false;
		this.cut = false;
	}

	/** The connections that there are fall silent; new ones speak. */
	public void deaden() {
		this.lines.forEach((line) -> line.dead = true);
	}

	/** Leads to another port from now on; the connections that there are, are cut. */
	public void redirect(int port) {
		this.port = port;
		this.lines.forEach(Line::end);
	}

	/** How many connections are open. */
	public int open() {
		return this.lines.size();
	}

	private void take(Socket client) throws IOException {
		Line line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), this.port));
		line.dead = this.silent;
		this.lines.add(line);
		if (this.cut) {
			line.end();
		}
		this.entrance.inBackground(() -> line.pass(line.client, line.server));
		this.entrance.inBackground(() -> line.pass(line.server, line.client));
	}

	@Override
	public void close() {
		this.entrance.close();
	}

	private final class Line {

		private final Socket client;

		private final Socket server;

		private volatile boolean dead;

		Line(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void end() {
			try (this.client; this.server) {
				SilentLine.this.lines.remove(this);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		void pass(Socket from, Socket to) throws IOException {
			try (from; to) {
				InputStream input = from.getInputStream();
				OutputStream output = to.getOutputStream();
				byte[] bytes = new byte[1 << 14];
				for (int read = input.read(bytes); read >= 0; read = input.read(bytes)) {
					if (!this.dead) {
						output.write(bytes, 0, read);
					}
				}
			}
			finally {
				SilentLine.this.lines.remove(this);
			}
		}

	}

}
