package dev.belfry.delivery.relay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A relay on a socket of its own that keeps to a script, and writes down all that it is
 * sent, octet by octet. What the script leaves open goes well.
 */
final class ScriptedRelay implements AutoCloseable {

	/** Where in a conversation the script can have its say. */
	enum At {

		BANNER("220 relay.example ESMTP"), EHLO("250-relay.example\r\n250 8BITMIME"), HELO("250 relay.example"),
		AUTH("235 2.7.0 Welcome"), MAIL("250 2.1.0 Ok"), RCPT("250 2.1.5 Ok"), DATA("354 Go on"),
		/** After the first line of an e-mail. */
		MIDST(null),
		/** After the final dot. */
		END("250 2.0.0 Queued");

		private final @Nullable String usual;

		At(@Nullable String usual) {
			this.usual = usual;
		}

	}

	/** What the relay does instead of what is usual. */
	interface Act {

		/** Whether the conversation goes on. */
		boolean perform(Socket socket) throws IOException;

	}

	private static final int DRIP_MILLIS = 20;

	private final ServerSocket server;

	private final Map<At, Act> always = new EnumMap<>(At.class);

	private final Map<At, Queue<Act>> next = new EnumMap<>(At.class);

	private final List<Conversation> conversations = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private ScriptedRelay(ServerSocket server) {
		this.server = server;
	}

	static ScriptedRelay start() {
		try {
			ServerSocket server = new ServerSocket();
			server.setReceiveBufferSize(1 << 16);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			ScriptedRelay relay = new ScriptedRelay(server);
			start(relay::accept);
			return relay;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Each time. */
	ScriptedRelay on(At place, Act act) {
		this.always.put(place, act);
		return this;
	}

	/** One time only; several are done in their order. */
	ScriptedRelay once(At place, Act act) {
		this.next.computeIfAbsent(place, (key) -> new ArrayDeque<>()).add(act);
		return this;
	}

	ScriptedRelay offering(String extension) {
		return on(At.EHLO, say("250-relay.example\r\n250 " + extension));
	}

	Act say(String line) {
		return (socket) -> {
			socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
			return true;
		};
	}

	/** Says nothing until the other side goes. */
	Act beSilent() {
		return (socket) -> {
			drain(socket);
			return false;
		};
	}

	/** Says it octet by octet, each in time but never the whole. */
	Act drip(String line) {
		return (socket) -> {
			for (byte octet : line.getBytes(StandardCharsets.ISO_8859_1)) {
				socket.getOutputStream().write(octet);
				if (isClosedWithin(DRIP_MILLIS)) {
					return false;
				}
			}
			drain(socket);
			return false;
		};
	}

	/** Says the same line until the other side goes. */
	Act ramble(String line) {
		byte[] octets = (line + "\r\n").repeat(100).getBytes(StandardCharsets.ISO_8859_1);
		return (socket) -> {
			while (true) {
				socket.getOutputStream().write(octets);
			}
		};
	}

	Act hangUp() {
		return (socket) -> false;
	}

	/** Ends the connection at once, which the other side meets as an error. */
	Act reset() {
		return (socket) -> {
			socket.setSoLinger(true, 0);
			return false;
		};
	}

	/** Reads no more, and does not go either. */
	Act stopReading() {
		return (socket) -> {
			isClosedWithin(Integer.MAX_VALUE);
			return false;
		};
	}

	/** One act after the other. */
	Act both(Act first, Act second) {
		return (socket) -> first.perform(socket) && second.perform(socket);
	}

	JavaMailSenderImpl settings() {
		JavaMailSenderImpl settings = new JavaMailSenderImpl();
		settings.setHost("127.0.0.1");
		settings.setPort(this.server.getLocalPort());
		settings.getJavaMailProperties().setProperty("mail.smtp.localhost", "belfry.example");
		return settings;
	}

	List<Conversation> conversations() {
		return this.conversations;
	}

	/** What was said in the only conversation. */
	Conversation conversation() {
		if (this.conversations.size() != 1) {
			throw new IllegalStateException(this.conversations.size() + " conversations");
		}
		return this.conversations.get(0);
	}

	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				Conversation conversation = new Conversation(new CopyOnWriteArrayList<>(),
						new CopyOnWriteArrayList<>());
				this.conversations.add(conversation);
				start(() -> converse(socket, conversation));
			}
			catch (IOException end) {
				// Closed, which the loop sees.
			}
		}
	}

	private void converse(Socket socket, Conversation conversation) {
		try (socket) {
			InputStream input = new BufferedInputStream(socket.getInputStream());
			boolean goesOn = perform(At.BANNER, socket);
			for (String line = goesOn ? line(input) : null; line != null; line = goesOn ? line(input) : null) {
				conversation.commands().add(line);
				goesOn = answer(line, socket, input, conversation);
			}
		}
		catch (IOException end) {
			// The other side is gone.
		}
	}

	private boolean answer(String line, Socket socket, InputStream input, Conversation conversation)
			throws IOException {
		String verb = line.split("[ :]", 2)[0];
		return switch (verb) {
			case "EHLO", "HELO", "AUTH", "MAIL", "RCPT" -> perform(At.valueOf(verb), socket);
			case "DATA" -> data(socket, input, conversation);
			case "QUIT" -> false;
			default -> say("250 Ok").perform(socket);
		};
	}

	private boolean data(Socket socket, InputStream input, Conversation conversation) throws IOException {
		Act act = act(At.DATA);
		if (act != null) {
			return act.perform(socket);
		}
		say(String.valueOf(At.DATA.usual)).perform(socket);
		List<String> letter = new ArrayList<>();
		for (String line = line(input); !".".equals(line); line = line(input)) {
			if (line == null) {
				return false;
			}
			letter.add(line.startsWith(".") ? line.substring(1) : line);
			if (letter.size() == 1 && !perform(At.MIDST, socket)) {
				return false;
			}
		}
		conversation.letters().add(letter);
		return perform(At.END, socket);
	}

	private boolean perform(At place, Socket socket) throws IOException {
		Act act = act(place);
		if (act != null) {
			return act.perform(socket);
		}
		return place.usual == null || say(place.usual).perform(socket);
	}

	private synchronized @Nullable Act act(At place) {
		Queue<Act> acts = this.next.get(place);
		return (acts != null && !acts.isEmpty()) ? acts.remove() : this.always.get(place);
	}

	private boolean isClosedWithin(int millis) {
		try {
			return this.closed.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	private static void drain(Socket socket) throws IOException {
		socket.getInputStream().transferTo(OutputStream.nullOutputStream());
	}

	/** A line without its CRLF; whatever else could end one stays in it. */
	private static @Nullable String line(InputStream input) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int octet = input.read(), last = 0; octet >= 0; last = octet, octet = input.read()) {
			line.write(octet);
			if (last == '\r' && octet == '\n') {
				return new String(Arrays.copyOf(line.toByteArray(), line.size() - 2), StandardCharsets.ISO_8859_1);
			}
		}
		return null;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "scripted-relay");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * What one connection was sent; octets are characters.
	 *
	 * @param commands the lines outside of e-mails
	 * @param letters the lines of each e-mail
	 */
	record Conversation(List<String> commands, List<List<String>> letters) {

		/** The commands but those that begin and end a connection. */
		List<String> commandsOfEmails() {
			return this.commands.stream().filter((command) -> !command.matches("(EHLO|QUIT|RSET).*")).toList();
		}

	}

}
