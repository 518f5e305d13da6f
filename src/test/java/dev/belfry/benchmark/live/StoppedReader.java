package dev.belfry.benchmark.live;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Subscribes, and then reads nothing and says nothing until the server must have cut it.
 */
final class StoppedReader implements AutoCloseable {

	private final Chain chain = new Chain();

	private final Feed feed;

	private final long silentSince;

	private String end = "";

	StoppedReader(int port, String token) {
		this.feed = new Feed(port, token, this.chain);
		this.feed.read();
		this.silentSince = System.nanoTime();
	}

	/** Stays silent for at least so long. */
	void awaitCut(Duration silence) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(this.silentSince + silence.toNanos() - System.nanoTime());
	}

	/**
	 * Reads what the network still holds, up to the end that the server made, and answers
	 * how many completions that were.
	 */
	int drain() {
		try {
			int read = this.feed.read();
			while (read > 0) {
				read = this.feed.read();
			}
			this.end = "code " + -read;
		}
		catch (UncheckedIOException ex) {
			this.end = ex.getCause().getMessage();
		}
		if (this.end.contains("timed out")) {
			throw new IllegalStateException("The server did not cut a reader that had stopped.");
		}
		return this.chain.completions();
	}

	/** How the server cut it. */
	String end() {
		return this.end;
	}

	/** Comes back with its cursor, and reads until it has so many. */
	void resume(int port, String token, int completions) {
		try (Feed again = new Feed(port, token, this.chain)) {
			while (this.chain.completions() < completions) {
				if (again.read() < 0) {
					throw new IllegalStateException("The resumed reader was cut.");
				}
			}
		}
		if (this.chain.completions() != completions) {
			throw new IllegalStateException("The resumed reader received " + this.chain.completions());
		}
	}

	@Override
	public void close() {
		this.feed.close();
	}

}
