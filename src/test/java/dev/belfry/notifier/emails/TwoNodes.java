package dev.belfry.notifier.emails;

import java.time.Duration;
import java.util.List;

import dev.belfry.testing.LocalNode;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;

/** Two nodes of one database, which both evaluate and send. */
public final class TwoNodes implements AutoCloseable {

	private final String database = TestDatabase.createDatabase();

	private final MailRelay relay = new MailRelay();

	private final LocalNode one;

	private final LocalNode two;

	/** With noise windows of some length. */
	public TwoNodes(Duration window) {
		this.one = start(window);
		this.two = start(window);
	}

	private LocalNode start(Duration window) {
		return LocalNode.start(this.database, "belfry.notifier.window=" + window.toMillis() + "ms",
				"belfry.notifier.poll-interval=100ms", "belfry.mail.poll-interval=100ms",
				"belfry.mail.cap-watch-interval=100ms", "spring.mail.host=127.0.0.1",
				"spring.mail.port=" + this.relay.port(), "spring.main.sources=" + TestAccounts.class.getName());
	}

	public MailedAccount open() {
		return new MailedAccount(this.one.port(), bean(TestAccounts.class), this.relay);
	}

	/** One of the nodes, by any number. */
	public int port(int number) {
		return List.of(this.one, this.two).get(number % 2).port();
	}

	public <T> T bean(Class<T> type) {
		return this.one.bean(type);
	}

	@Override
	public void close() {
		this.two.close();
		this.one.close();
		this.relay.close();
	}

}
