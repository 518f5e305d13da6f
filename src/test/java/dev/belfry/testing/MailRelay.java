package dev.belfry.testing;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import org.springframework.test.context.DynamicPropertyRegistry;

/** An SMTP relay on this machine that accepts every e-mail and remembers each. */
public final class MailRelay implements AutoCloseable {

	private final GreenMail server = CompletableFuture
		.supplyAsync(MailRelay::start, (work) -> new Thread(new Threads(), work).start())
		.join();

	private static GreenMail start() {
		GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
		server.start();
		return server;
	}

	/** Lets the application under test send here. */
	public void register(DynamicPropertyRegistry properties) {
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", this::port);
	}

	public int port() {
		return this.server.getSmtp().getPort();
	}

	/** Each acceptance of an e-mail, in their order. */
	public List<MimeMessage> messages() {
		return List.of(this.server.getReceivedMessages());
	}

	/** Those to a domain. */
	public List<ReceivedMail> to(String domain) {
		return Arrays.stream(this.server.getReceivedMessagesForDomain(domain)).map(ReceivedMail::of).toList();
	}

	/** How many those are. */
	public int countTo(String domain) {
		return this.server.getReceivedMessagesForDomain(domain).length;
	}

	/** Forgets what was accepted so far. */
	public void clear() {
		try {
			this.server.purgeEmailFromAllMailboxes();
		}
		catch (FolderException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop();
	}

	/** Each connection that a halt breaks ends its thread with an exception. */
	private static final class Threads extends ThreadGroup {

		Threads() {
			super("relay");
		}

		@Override
		public void uncaughtException(Thread thread, Throwable problem) {
			// What has arrived is what counts.
		}

	}

}
