package dev.belfry.benchmark.live;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.belfry.benchmark.Transport;
import io.netty.channel.EventLoopGroup;

/**
 * Tells a server of completions at a steady rate, and remembers of which accounts and
 * when that was answered.
 */
final class Emissions {

	private static final int CONNECTIONS = 32;

	private static final int REMEMBERED = 1 << 20;

	private static final int PATIENCE_SECONDS = 60;

	private final EventLoopGroup loop = Transport.loop(1);

	private final Map<String, Integer> emitted = new ConcurrentHashMap<>();

	private final long[] answeredAt = new long[REMEMBERED];

	/** Ids of runs must be new whenever a client starts. */
	private final String prefix = "run-" + System.currentTimeMillis() + "-";

	private int runs;

	/**
	 * A rate of events over accounts in turn.
	 *
	 * @param first the number of the first account
	 * @param size completions an event
	 */
	record Rate(int first, int accounts, int size, int events, double perSecond) {
	}

	/**
	 * Waits for all answers, and answers how late the latest event was, in milliseconds.
	 */
	long emit(Target target, Rate rate) throws IOException, InterruptedException {
		BlockingQueue<Lane> idle = new ArrayBlockingQueue<>(CONNECTIONS);
		List<Lane> lanes = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			lanes.add(Lane.connect(this.loop, target, idle));
		}
		idle.addAll(lanes);
		long start = System.nanoTime();
		long latest = 0;
		for (int event = 0; event < rate.events(); event++) {
			long due = start + (long) (event * 1e9 / rate.perSecond());
			String account = account(rate.first() + event % rate.accounts());
			int[] numbers = IntStream.range(0, rate.size()).map((i) -> ++this.runs).toArray();
			byte[] request = target.request(account,
					IntStream.of(numbers).mapToObj((number) -> this.prefix + number).toList());
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			Lane lane = take(idle);
			latest = Math.max(latest, System.nanoTime() - due);
			this.emitted.merge(account, rate.size(), Integer::sum);
			lane.send(request, rate.size(), () -> answered(numbers));
		}
		for (int i = 0; i < CONNECTIONS; i++) {
			take(idle);
		}
		lanes.forEach(Lane::close);
		return TimeUnit.NANOSECONDS.toMillis(latest);
	}

	private static Lane take(BlockingQueue<Lane> idle) throws IOException, InterruptedException {
		Lane lane = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (lane == null) {
			throw new IOException("The server does not answer.");
		}
		lane.check();
		return lane;
	}

	private void answered(int[] numbers) {
		long now = now();
		for (int number : numbers) {
			this.answeredAt[number % REMEMBERED] = now;
		}
	}

	long answeredAt(int run) {
		return this.answeredAt[run % REMEMBERED];
	}

	/** How many completions an account has had. */
	int emitted(String account) {
		return this.emitted.getOrDefault(account, 0);
	}

	/** Begins to count anew. */
	void forget() {
		this.emitted.clear();
	}

	static String account(int number) {
		return "live-" + number;
	}

	/** Microseconds since 1970, by the clock that servers write times by. */
	static long now() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
	}

}
