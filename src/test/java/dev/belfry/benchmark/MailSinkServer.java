package dev.belfry.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The process of {@link MailSink}: prints its port, then for each number on its input
 * that it counts, and how many e-mails a second came until so many were accepted. Answers
 * as little as SMTP allows.
 */
final class MailSinkServer {

	private static final byte[] HELLO = line("220 sink.example ESMTP");

	private static final byte[] OK = line("250 2.0.0 Ok");

	private static final byte[] GO_ON = line("354 Go on");

	private static final byte[] BYE = line("221 2.0.0 Bye");

	private static volatile Count count = new Count(0);

	private final InputStream input;

	private final OutputStream output;

	private MailSinkServer(Socket socket) throws IOException {
		this.input = new BufferedInputStream(socket.getInputStream(), 1 << 15);
		this.output = socket.getOutputStream();
	}

	public static void main(String[] arguments) throws IOException {
		ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
		Thread acceptor = new Thread(() -> accept(server), "acceptor");
		acceptor.setDaemon(true);
		acceptor.start();
		System.out.println(server.getLocalPort());
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String number = commands.readLine(); number != null; number = commands.readLine()) {
			count = new Count(Integer.parseInt(number));
			System.out.println("counting");
		}
	}

	private static void accept(ServerSocket server) {
		while (true) {
			try {
				Socket socket = server.accept();
				socket.setTcpNoDelay(true);
				Thread thread = new Thread(() -> converse(socket), "conversation");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static void converse(Socket socket) {
		try (socket) {
			new MailSinkServer(socket).converse();
		}
		catch (IOException left) {
			// As clients do.
		}
	}

	private void converse() throws IOException {
		this.output.write(HELLO);
		for (String command = command(); !command.startsWith("QUIT"); command = command()) {
			if (command.startsWith("RCPT") && command.contains("@" + MailSink.SILENT_DOMAIN)) {
				continue;
			}
			if (command.startsWith("DATA")) {
				this.output.write(GO_ON);
				skipContent();
				this.output.write(OK);
				count.accepted();
			}
			else {
				this.output.write(OK);
			}
		}
		this.output.write(BYE);
	}

	private String command() throws IOException {
		StringBuilder command = new StringBuilder(80);
		for (int octet = read(); octet != '\n'; octet = read()) {
			command.append((char) octet);
		}
		return command.toString();
	}

	/** Up to the line that is a dot alone. */
	private void skipContent() throws IOException {
		int matched = 2;
		while (matched < 5) {
			int octet = read();
			if (octet == "\r\n.\r\n".charAt(matched)) {
				matched++;
			}
			else {
				matched = (octet == '\r') ? 1 : 0;
			}
		}
	}

	private int read() throws IOException {
		int octet = this.input.read();
		if (octet < 0) {
			throw new EOFException();
		}
		return octet;
	}

	private static byte[] line(String text) {
		return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	/** Counts up to a number of e-mails. */
	private static final class Count {

		private final int all;

		private final AtomicInteger accepted = new AtomicInteger();

		private volatile long start;

		Count(int all) {
			this.all = all;
		}

		void accepted() {
			int number = this.accepted.incrementAndGet();
			if (number == 1) {
				this.start = System.nanoTime();
			}
			if (number == this.all) {
				System.out.println((this.all - 1) * 1e9 / (System.nanoTime() - this.start));
			}
		}

	}

}
