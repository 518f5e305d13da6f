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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Posts the bodies of a file to {@code /graphql}, in a process of its own that does next
 * to nothing else, and prints how long it took and how many completions were recorded.
 * Arguments: port, connections, token, file.
 */
public final class IntakeClient {

	private static final byte[] RECORDED = "\"RECORDED\"".getBytes(StandardCharsets.US_ASCII);

	private final String head;

	private final int port;

	private final Queue<byte[]> bodies;

	private IntakeClient(int port, String token, Queue<byte[]> bodies) {
		this.port = port;
		this.bodies = bodies;
		this.head = "POST /graphql HTTP/1.1\r\nHost: localhost:" + port
				+ "\r\nContent-Type: application/json\r\nAccept: application/json\r\nAuthorization: Bearer " + token
				+ "\r\nContent-Length: ";
	}

	public static void main(String[] arguments) throws Exception {
		IntakeClient client = new IntakeClient(Integer.parseInt(arguments[0]), arguments[2],
				read(Path.of(arguments[3])));
		int connections = Integer.parseInt(arguments[1]);
		var threads = Executors.newFixedThreadPool(connections);
		long start = System.nanoTime();
		List<Future<Long>> recorded = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			recorded.add(threads.submit(client::post));
		}
		long sum = 0;
		for (Future<Long> number : recorded) {
			sum += number.get();
		}
		System.out.println((System.nanoTime() - start) + " " + sum);
		threads.shutdown();
	}

	private static Queue<byte[]> read(Path file) throws IOException {
		Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();
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
			for (byte[] body = this.bodies.poll(); body != null; body = this.bodies.poll()) {
				ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 1024);
				request.writeBytes((this.head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
				request.writeBytes(body);
				request.writeTo(output);
				recorded += recorded(answer(input));
			}
		}
		return recorded;
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
