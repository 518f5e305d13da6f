package dev.belfry.work;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A relay that accepts every e-mail at once and keeps no more than its subject, so that
 * it takes little from what is measured beside it.
 */
final class SmallRelay implements AutoCloseable {

	private final ServerSocket server;

	private final Map<String, List<String>> subjects = new ConcurrentHashMap<>();

	SmallRelay() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	int countTo(String domain) {
		return this.subjects.getOrDefault(domain, List.of()).size();
	}

	/** Of the e-mails to a domain, in their order; those that fit into a line. */
	List<String> subjectsTo(String domain) {
		List<String> known = this.subjects.getOrDefault(domain, List.of());
		synchronized (known) {
			return List.copyOf(known);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "small-relay");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				start(() -> converse(socket));
			}
		}
		catch (IOException closed) {
			// So is the relay.
		}
	}

	private void converse(Socket socket) {
		try (socket;
				BufferedReader commands = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
			socket.setTcpNoDelay(true);
			OutputStream answers = socket.getOutputStream();
			String domain = "";
			say(answers, "220 ready");
			for (String command = commands.readLine(); command != null; command = commands.readLine()) {
				String verb = command.split("[ :]", 2)[0];
				if (verb.equals("RCPT")) {
					domain = command.replaceAll(".*@([^>]*)>.*", "$1");
				}
				if (verb.equals("DATA")) {
					say(answers, "354 go on");
					String subject = "";
					for (String line = commands.readLine(); line != null
							&& !line.equals("."); line = commands.readLine()) {
						subject = line.startsWith("Subject: ") ? line.substring(9) : subject;
					}
					this.subjects.computeIfAbsent(domain, (own) -> Collections.synchronizedList(new ArrayList<>()))
						.add(subject);
				}
				say(answers, verb.equals("QUIT") ? "221 bye" : "250 ok");
			}
		}
		catch (IOException gone) {
			// As nodes go that are killed.
		}
	}

	private static void say(OutputStream answers, String line) throws IOException {
		answers.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
	}

}
