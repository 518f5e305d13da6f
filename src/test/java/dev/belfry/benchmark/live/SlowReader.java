package dev.belfry.benchmark.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes 1 kB a second, and answers pings. Because those reach it late, behind all that it
 * has not read, it says every two seconds that it is alive.
 */
final class SlowReader implements AutoCloseable {

	private static final int BYTES_A_SECOND = 1000;

	private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Chain chain = new Chain();

	private final Feed feed;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private volatile boolean hurries;

	private volatile int most = Integer.MAX_VALUE;

	SlowReader(int port, String token) {
		this.feed = new Feed(port, token, this.chain);
		this.feed.read();
	}

	void start() {
		Thread thread = new Thread(this::run, "slow-reader");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		try {
			long beat = System.nanoTime();
			while (this.chain.completions() < this.most) {
				int bytes = this.feed.read();
				if (bytes < 0) {
					throw new IllegalStateException("The slow reader was cut with " + -bytes);
				}
				for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(bytes) / BYTES_A_SECOND; !this.hurries
						&& System.nanoTime() < end;) {
					TimeUnit.MILLISECONDS.sleep(50);
					if (System.nanoTime() - beat > BEAT_NANOS) {
						this.feed.pong();
						beat = System.nanoTime();
					}
				}
			}
			this.done.complete(null);
		}
		catch (InterruptedException | RuntimeException ex) {
			this.done.completeExceptionally(ex);
		}
	}

	int completions() {
		return this.chain.completions();
	}

	/**
	 * Reads on as fast as it can until it has so many, and answers how many seconds that
	 * took.
	 */
	double finish(int completions) throws Exception {
		long start = System.nanoTime();
		this.most = completions;
		this.hurries = true;
		this.done.get(1, TimeUnit.MINUTES);
		if (this.chain.completions() != completions) {
			throw new IllegalStateException("The slow reader received " + this.chain.completions());
		}
		return (System.nanoTime() - start) / 1e9;
	}

	@Override
	public void close() {
		this.feed.close();
	}

}
