package dev.belfry.delivery.composing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.SocketFactory;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;

/**
 * The floor of the mail benchmark: threads that each send one e-mail after the other on a
 * connection of Spring Mail that stays open. For each number on its input it sends so
 * many. Their words are Belfry's, and are made before. Arguments: port, threads, whether
 * with TCP_NODELAY.
 */
public final class SpringMailLoop {

	private static final String STOP = "https://belfry.example/unsubscribe/" + "x".repeat(120);

	private final KeptSender sender = new KeptSender();

	private final ExecutorService threads;

	private final List<Transport> connections = new ArrayList<>();

	private final String plain = PlainPart.of(email(), STOP);

	private final String html = HtmlPart.of(email(), STOP);

	private SpringMailLoop(int port, int threads, boolean noDelay) {
		this.sender.setHost("127.0.0.1");
		this.sender.setPort(port);
		if (noDelay) {
			this.sender.getJavaMailProperties().put("mail.smtp.socketFactory", new UndelayedSockets());
		}
		this.threads = Executors.newFixedThreadPool(threads);
	}

	public static void main(String[] arguments) throws Exception {
		int threads = Integer.parseInt(arguments[1]);
		SpringMailLoop loop = new SpringMailLoop(Integer.parseInt(arguments[0]), threads,
				Boolean.parseBoolean(arguments[2]));
		for (int i = 0; i < threads; i++) {
			loop.connections.add(loop.sender.connectTransport());
		}
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String number = input.readLine(); number != null; number = input.readLine()) {
			loop.send(Integer.parseInt(number));
		}
		System.exit(0);
	}

	/** What both sides of the benchmark send. */
	public static MailContent content() {
		return new MailContent("Order 1001 is on hold", "Order 1001 is on hold",
				List.of("The order is on hold until somebody has checked it."),
				List.of(new Fact("Order", "1001"), new Fact("Channel", "Northwind Web Store"),
						new Fact("Customer", "Ada Fisher"), new Fact("Country", "Norway"),
						new Fact("Total", "1,204.50 USD"), new Fact("Reason", "No source has the goods."),
						new Fact("Held at", "5 November 2026, 10:03 CET")),
				List.of(new Table("Lines", List.of("SKU", "Title", "Quantity", "Price"),
						List.of(List.of("TENT-2", "Tent for two, green", "12", "99.00 USD"),
								List.of("ROPE-50", "Rope, 50 m", "3", "5.50 USD"),
								List.of("LAMP-1", "Lamp for the tent", "1", "12.00 USD")),
						0)),
				List.of("Resolve the reason, then release the order."));
	}

	/** To people of a hundred domains. */
	public static String address(int number) {
		return "person-" + number + "@d" + number % 100 + ".example";
	}

	private static StoredEmail email() {
		return new StoredEmail("<1@sender.example>", Instant.parse("2026-11-05T09:03:07.120Z"), address(1), "Northwind",
				Topic.global("ORDER_ON_HOLD"), "Order On Hold", content(), "x");
	}

	private void send(int number) throws Exception {
		AtomicInteger next = new AtomicInteger();
		List<Future<?>> loops = new ArrayList<>();
		for (Transport connection : this.connections) {
			loops.add(this.threads.submit(() -> {
				for (int i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
					send(connection, address(i));
				}
				return null;
			}));
		}
		for (Future<?> loop : loops) {
			loop.get();
		}
	}

	private void send(Transport connection, String address) throws MessagingException, IOException {
		MimeMessage message = this.sender.createMimeMessage();
		MimeMessageHelper helper = new MimeMessageHelper(message, true, "UTF-8");
		helper.setFrom("belfry@sender.example", "Belfry");
		helper.setTo(address);
		helper.setSubject("Order 1001 is on hold");
		helper.setText(this.plain, this.html);
		message.setHeader("Auto-Submitted", "auto-generated");
		message.setHeader("List-Unsubscribe", "<" + STOP + ">");
		message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		message.saveChanges();
		connection.sendMessage(message, message.getAllRecipients());
	}

	/** With TCP_NODELAY, which Jakarta Mail has no setting for. */
	private static final class UndelayedSockets extends SocketFactory {

		@Override
		public Socket createSocket() throws IOException {
			Socket socket = new Socket();
			socket.setTcpNoDelay(true);
			return socket;
		}

		@Override
		public Socket createSocket(String host, int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(InetAddress host, int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
			throw new UnsupportedOperationException();
		}

	}

	/** Hands its connection out, which Spring Mail else closes after each call. */
	private static final class KeptSender extends JavaMailSenderImpl {

		@Override
		protected Transport connectTransport() throws MessagingException {
			return super.connectTransport();
		}

	}

}
