package dev.belfry.halts;

import java.util.List;

import dev.belfry.testing.MailRelay;

/** The relay, which outlives all nodes and remembers each acceptance. */
final class Sink implements AutoCloseable {

	private final MailRelay relay = new MailRelay();

	int port() {
		return this.relay.port();
	}

	/** Each acceptance of an e-mail. */
	List<Mail> accepted() {
		return this.relay.messages().stream().map(Mail::of).toList();
	}

	/** Forgets what was accepted so far. */
	void clear() {
		this.relay.clear();
	}

	@Override
	public void close() {
		this.relay.close();
	}

}
