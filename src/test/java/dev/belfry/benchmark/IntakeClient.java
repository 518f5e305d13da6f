package dev.belfry.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts the bodies of a file to {@code /graphql}, in a process of its own that does next
 * to nothing else, and prints how many nanoseconds it took, how many completions or
 * events were recorded, and how many milliseconds late the latest body was. Arguments:
 * port, connections, token, file, bodies a second (0 for as many as can be).
 */
public final class IntakeClient {

	private static final byte[] RECORDED = "\"RECORDED\"".getBytes(StandardCharsets.US_ASCII);

	private final String head;

	private final int port;

	private final List<byte[]> bodies;

	/** Between one body and the next, in nanoseconds. */
	private final double pause;

	private final AtomicInteger next = new AtomicInteger();

	private final AtomicLong latest = new AtomicLong();

	private final long start = System.nanoTime();

	private IntakeClient(int port, String token, List<byte[]> bodies, double aSecond) {
		this.port = port;
		this.bodies = bodies;
		this.pause = (aSecond > 0) ? 1e9 / aSecond : 0;
		this.head = "POST /graphql HTTP/1.1\r\nHost: localhost:" + port
				+ "\r\nContent-Type: application/json\r\nAccept: application/json\r\nAuthorization: Bearer " + token
				+ "\r\nContent-Length: ";
	}

	public static void main(String[] arguments) throws Exception {
		IntakeClient client = new IntakeClient(Integer.parseInt(arguments[0]), arguments[2],
				read(Path.of(arguments[3])), Double.parseDouble(arguments[4]));
		int connections = Integer.parseInt(arguments[1]);
		var threads = Executors.newFixedThreadPool(connections);
		List<Future<Long>> recorded = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			recorded.add(threads.submit(client::post));
		}
		long sum = 0;
		for (Future<Long> number : recorded) {
			sum += number.get();
		}
		System.out.println((System.nanoTime() - client.start) + " " + sum + " "
				+ TimeUnit.NANOSECONDS.toMillis(client.latest.get()));
		threads.shutdown();
	}

	private static List<byte[]> read(Path file) throws IOException {
		List<byte[]> bodies = new ArrayList<>();
		try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			for (int number = input.readInt(); number > 0; number--) {
				bodies.add(input.readNBytes(input.readInt()));
			}
		}
		return bodies;
	}

	private long post() throws IOException {
		long recorded = 0;
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setTcpNoDelay(true);
			InputStream input = new BufferedInputStream(socket.getInputStream(), 1 << 16);
			OutputStream output = socket.getOutputStream();
			for (byte[] body = nextBody(); body.length > 0; body = nextBody()) {
				ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 1024);
				request.writeBytes((this.head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
				request.writeBytes(body);
				request.writeTo(output);
				recorded += recorded(answer(input));
			}
		}
		return recorded;
	}

	/** Waits until the next one is due; empty if there is none. */
	private byte[] nextBody() {
		int number = this.next.getAndIncrement();
		if (number >= this.bodies.size()) {
			return new byte[0];
		}
		long due = this.start + (long) (number * this.pause);
		while (this.pause > 0 && System.nanoTime() < due) {
			LockSupport.parkNanos(due - System.nanoTime());
		}
		this.latest.accumulateAndGet(System.nanoTime() - due, Math::max);
		return this.bodies.get(number);
	}

	private static byte[] answer(InputStream input) throws IOException {
		String status = line(input);
		if (!status.contains(" 200 ")) {
			throw new IOException(status);
		}
		int length = -1;
		for (String header = line(input); !header.isEmpty(); header = line(input)) {
			if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
				length = Integer.parseInt(header.substring(15).trim());
			}
		}
		return (length >= 0) ? input.readNBytes(length) : chunks(input);
	}

	private static byte[] chunks(InputStream input) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		int size;
		do {
			size = Integer.parseInt(line(input), 16);
			all.writeBytes(input.readNBytes(size));
			line(input);
		}
		while (size > 0);
		return all.toByteArray();
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

	private static long recorded(byte[] answer) {
		long found = 0;
		for (int i = 0; i + RECORDED.length <= answer.length; i++) {
			found += (answer[i] == '"' && isRecorded(answer, i)) ? 1 : 0;
		}
		return found;
	}

	private static boolean isRecorded(byte[] answer, int from) {
		for (int i = 0; i < RECORDED.length; i++) {
			if (answer[from + i] != RECORDED[i]) {
				return false;
			}
		}
		return true;
	}

}
