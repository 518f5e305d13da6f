package dev.belfry.halts;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** The relay, which outlives all nodes and remembers each acceptance. */
final class Sink implements AutoCloseable {

	private final GreenMail server = CompletableFuture
		.supplyAsync(Sink::start, (work) -> new Thread(new Threads(), work).start())
		.join();

	private static GreenMail start() {
		GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
		server.start();
		return server;
	}

	int port() {
		return this.server.getSmtp().getPort();
	}

	/** Each acceptance of an e-mail. */
	List<Mail> accepted() {
		return Arrays.stream(this.server.getReceivedMessages()).map(Mail::of).toList();
	}

	/** Forgets what was accepted so far. */
	void clear() {
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
			super("sink");
		}

		@Override
		public void uncaughtException(Thread thread, Throwable problem) {
			// What has arrived is what counts.
		}

	}

}
