package dev.belfry.benchmark;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Promise;

/**
 * Sends streams of requests to {@code /graphql} for some seconds, in a process of its
 * own, and prints a line for each stream: how many were sent, accepted, refused with
 * {@code OVERLOADED} and with {@code RATE_LIMITED}, and answered otherwise, and the
 * milliseconds to an accepted answer, p50 and p99. The time counts from when a request
 * was due. The first seconds are not counted: there the client opens its connections, and
 * its own code is compiled. All of it is on one thread, since a thread for each of
 * thousands of connections costs as much as answering them. Arguments: port, seconds, and
 * for each stream its file, its requests a second (0 for as many as can be), and its
 * connections.
 */
public final class LoadClient {

	private static final Duration GRACE = Duration.ofSeconds(30);

	private static final Duration LATE = Duration.ofSeconds(1);

	private static final Duration LEAD = Duration.ofSeconds(3);

	private final EventLoop loop;

	private final Promise<Void> finished;

	private final List<byte[]> requests;

	/** Between one request and the next, in nanoseconds; 0 for none. */
	private final double pause;

	private final long start = System.nanoTime() + 200_000_000L;

	private final long end;

	private final Queue<LoadConnection> idle = new ArrayDeque<>();

	private final List<Long> accepted = new ArrayList<>();

	private int next;

	private boolean isAwaitingNext;

	private int connections;

	private int overloaded;

	private int rateLimited;

	private int others;

	private LoadClient(EventLoop loop, int seconds, Path file, double aSecond) throws IOException {
		this.loop = loop;
		this.finished = loop.newPromise();
		this.requests = read(file);
		this.pause = (aSecond > 0) ? 1e9 / aSecond : 0;
		this.end = this.start + LEAD.toNanos() + TimeUnit.SECONDS.toNanos(seconds);
	}

	public static void main(String[] arguments) throws Exception {
		int port = Integer.parseInt(arguments[0]);
		int seconds = Integer.parseInt(arguments[1]);
		EventLoopGroup group = Transport.loop(1);
		EventLoop loop = group.next();
		List<LoadClient> streams = new ArrayList<>();
		for (int i = 2; i < arguments.length; i += 3) {
			LoadClient stream = new LoadClient(loop, seconds, Path.of(arguments[i]),
					Double.parseDouble(arguments[i + 1]));
			streams.add(stream);
			int connections = Integer.parseInt(arguments[i + 2]);
			loop.execute(() -> stream.open(port, connections));
		}
		for (LoadClient stream : streams) {
			stream.finished.await(LEAD.plusSeconds(seconds).plus(GRACE).toMillis());
		}
		for (LoadClient stream : streams) {
			loop.submit(stream::print).sync();
		}
		group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
	}

	private static List<byte[]> read(Path file) throws IOException {
		List<byte[]> requests = new ArrayList<>();
		try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			for (int number = input.readInt(); number > 0; number--) {
				requests.add(input.readNBytes(input.readInt()));
			}
		}
		return requests;
	}

	private void open(int port, int number) {
		this.connections = number;
		for (int i = 0; i < number; i++) {
			LoadConnection connection = new LoadConnection(this);
			Transport.http(this.loop, connection).connect("127.0.0.1", port).addListener((opened) -> {
				if (opened.isSuccess()) {
					free(connection);
				}
				else {
					this.others++;
					closed(connection);
				}
			});
		}
	}

	/** A connection has nothing at hand. */
	void free(LoadConnection connection) {
		this.idle.add(connection);
		sendWhatIsDue();
	}

	void closed(LoadConnection connection) {
		this.idle.remove(connection);
		this.connections--;
		if (this.connections == 0) {
			this.finished.trySuccess(null);
		}
	}

	private void sendWhatIsDue() {
		long now = System.nanoTime();
		while (!this.idle.isEmpty() && isMore(now) && due(now) <= now) {
			this.idle.remove().send(this.requests.get(this.next % this.requests.size()), due(now));
			this.next++;
		}
		if (!isMore(now)) {
			this.idle.forEach(LoadConnection::close);
			this.idle.clear();
		}
		else if (!this.idle.isEmpty() && !this.isAwaitingNext) {
			this.isAwaitingNext = true;
			this.loop.schedule(this::sendNext, due(now) - now, TimeUnit.NANOSECONDS);
		}
	}

	private void sendNext() {
		this.isAwaitingNext = false;
		sendWhatIsDue();
	}

	private long due(long now) {
		return (this.pause > 0) ? this.start + (long) (this.next * this.pause) : now;
	}

	/**
	 * What is still to be sent a second after the end is not: who is refused slowly
	 * cannot send more.
	 */
	private boolean isMore(long now) {
		return due(now) < this.end && now < this.end + LATE.toNanos();
	}

	/** Answered is what was due at a time. */
	void note(String answer, long due) {
		if (due - this.start < LEAD.toNanos()) {
			return;
		}
		if (answer.contains("\"OVERLOADED\"")) {
			this.overloaded++;
		}
		else if (answer.contains("\"RATE_LIMITED\"")) {
			this.rateLimited++;
		}
		else if (answer.contains("\"errors\"") || answer.startsWith("status")) {
			failed(answer);
		}
		else {
			this.accepted.add(System.nanoTime() - due);
		}
	}

	/** Neither accepted nor refused. */
	void failed(String problem) {
		if (this.others++ == 0) {
			System.err.println(problem.substring(0, Math.min(500, problem.length())));
		}
	}

	private void print() {
		List<Long> sorted = this.accepted.stream().sorted().toList();
		int unanswered = this.connections;
		int sent = sorted.size() + this.overloaded + this.rateLimited + this.others + unanswered;
		System.out.printf("%d %d %d %d %d %.3f %.3f%n", sent, sorted.size(), this.overloaded, this.rateLimited,
				this.others + unanswered, millis(sorted, 0.5), millis(sorted, 0.99));
	}

	private static double millis(List<Long> sorted, double quantile) {
		return sorted.isEmpty() ? 0 : sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6;
	}

}
