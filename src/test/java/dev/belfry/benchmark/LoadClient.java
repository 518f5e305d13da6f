package dev.belfry.benchmark;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends streams of requests to {@code /graphql} for some seconds, in a process of its
 * own, and prints a line for each stream: how many were sent, accepted, refused with
 * {@code OVERLOADED} and with {@code RATE_LIMITED}, and answered otherwise, and the
 * milliseconds to an accepted answer, p50 and p99. The time counts from when a request
 * was due. The first seconds are not counted: there the client opens its connections, and
 * its own code is compiled. Arguments: port, seconds, and for each stream its file, its
 * requests a second (0 for as many as can be), and its connections.
 */
public final class LoadClient {

	private static final int GRACE_SECONDS = 30;

	private static final long LATE_NANOS = 1_000_000_000;

	private static final long LEAD_NANOS = 3_000_000_000L;

	private final int port;

	private final List<byte[]> requests;

	private final double pause;

	private final long start = System.nanoTime() + 200_000_000L;

	private final long end;

	private final AtomicInteger next = new AtomicInteger();

	private final List<Long> accepted = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger overloaded = new AtomicInteger();

	private final AtomicInteger rateLimited = new AtomicInteger();

	private final AtomicInteger others = new AtomicInteger();

	private LoadClient(int port, int seconds, Path file, double aSecond) throws IOException {
		this.port = port;
		this.requests = read(file);
		this.pause = (aSecond > 0) ? 1e9 / aSecond : 0;
		this.end = this.start + LEAD_NANOS + seconds * 1_000_000_000L;
	}

	public static void main(String[] arguments) throws Exception {
		List<LoadClient> streams = new ArrayList<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 2; i < arguments.length; i += 3) {
			LoadClient stream = new LoadClient(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]),
					Path.of(arguments[i]), Double.parseDouble(arguments[i + 1]));
			streams.add(stream);
			for (int connection = 0; connection < Integer.parseInt(arguments[i + 2]); connection++) {
				threads.add(new Thread(stream::run));
			}
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		streams.forEach(LoadClient::print);
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

	private void run() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(GRACE_SECONDS * 1000);
			InputStream input = new BufferedInputStream(socket.getInputStream(), 1 << 16);
			for (int number = this.next.getAndIncrement(); isDue(number); number = this.next.getAndIncrement()) {
				long due = (this.pause > 0) ? this.start + (long) (number * this.pause) : System.nanoTime();
				socket.getOutputStream().write(this.requests.get(number % this.requests.size()));
				String answer = answer(input);
				if (due - this.start >= LEAD_NANOS) {
					note(answer, System.nanoTime() - due);
				}
			}
		}
		catch (IOException ex) {
			this.others.incrementAndGet();
		}
	}

	/**
	 * Waits until it is; false if the time is over. What is still to be sent a second
	 * later is not: who is refused slowly cannot send more.
	 */
	private boolean isDue(int number) {
		if (this.pause == 0) {
			return System.nanoTime() < this.end;
		}
		long due = this.start + (long) (number * this.pause);
		while (System.nanoTime() < due && due < this.end) {
			LockSupport.parkNanos(due - System.nanoTime());
		}
		return due < this.end && System.nanoTime() < this.end + LATE_NANOS;
	}

	private void note(String answer, long nanos) {
		if (answer.contains("\"OVERLOADED\"")) {
			this.overloaded.incrementAndGet();
		}
		else if (answer.contains("\"RATE_LIMITED\"")) {
			this.rateLimited.incrementAndGet();
		}
		else if (answer.contains("\"errors\"") || answer.startsWith("status")) {
			if (this.others.getAndIncrement() == 0) {
				System.err.println(answer.substring(0, Math.min(500, answer.length())));
			}
		}
		else {
			this.accepted.add(nanos);
		}
	}

	private void print() {
		List<Long> sorted = this.accepted.stream().sorted().toList();
		int sent = sorted.size() + this.overloaded.get() + this.rateLimited.get() + this.others.get();
		System.out.printf("%d %d %d %d %d %.3f %.3f%n", sent, sorted.size(), this.overloaded.get(),
				this.rateLimited.get(), this.others.get(), millis(sorted, 0.5), millis(sorted, 0.99));
	}

	private static double millis(List<Long> sorted, double quantile) {
		return sorted.isEmpty() ? 0 : sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6;
	}

	private static String answer(InputStream input) throws IOException {
		String status = line(input);
		int length = -1;
		for (String header = line(input); !header.isEmpty(); header = line(input)) {
			if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
				length = Integer.parseInt(header.substring(15).trim());
			}
		}
		String body = (length >= 0) ? text(input.readNBytes(length)) : chunks(input);
		return status.contains(" 200 ") ? body : "status " + status + body;
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String chunks(InputStream input) throws IOException {
		StringBuilder all = new StringBuilder();
		int size;
		do {
			size = Integer.parseInt(line(input), 16);
			all.append(text(input.readNBytes(size)));
			line(input);
		}
		while (size > 0);
		return all.toString();
	}

	private static String line(InputStream input) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = input.read(); next != '\n'; next = input.read()) {
			if (next < 0) {
				throw new IOException("The connection was closed.");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

}
