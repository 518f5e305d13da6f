package dev.belfry.halts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

import dev.belfry.buckets.Buckets;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;

/**
 * What outlives all nodes that halt: the database, the relay, a node for intake, and the
 * rival, which goes on where another halts.
 */
final class Site implements AutoCloseable {

	/** How many e-mails a node sends at once. */
	static final int THREADS = 3;

	private final Sink sink = new Sink();

	private final String database = TestDatabase.createDatabase();

	private final LocalNode intake = LocalNode.start(this.database, "belfry.notifier.enabled=false",
			"belfry.mail.threads=0", "belfry.retention.initial-delay=1h", "belfry.alerts.overdue-interval=1h",
			"spring.main.sources=" + TestAccounts.class.getName());

	private final Ledger ledger = new Ledger(this.database, this.intake.bean(SystemDatabase.class));

	private final NodeProcess rival;

	/** Gets ready while another is at work. */
	private NodeProcess next;

	Site() {
		try {
			Files.deleteIfExists(NodeProcess.LOG.toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.intake.bean(Buckets.class).stop();
		this.rival = launch();
		this.next = launch();
	}

	Sink sink() {
		return this.sink;
	}

	LocalNode intake() {
		return this.intake;
	}

	Ledger ledger() {
		return this.ledger;
	}

	NodeProcess rival() {
		return this.rival;
	}

	/** A node that is to halt, and is the caller's to close. */
	NodeProcess victim() {
		NodeProcess victim = this.next;
		this.next = launch();
		return victim;
	}

	/** Forgets what happened so far. */
	void clear() {
		this.ledger.clear();
		this.sink.clear();
	}

	@Override
	public void close() {
		this.next.close();
		this.rival.close();
		this.intake.close();
		this.sink.close();
	}

	private NodeProcess launch() {
		return NodeProcess.launch(List.of("--spring.r2dbc.url=" + this.database, "--spring.r2dbc.username=postgres",
				"--spring.r2dbc.password=postgres",
				"--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://issuer.example",
				"--spring.mail.host=127.0.0.1", "--spring.mail.port=" + this.sink.port(), "--belfry.live.hints=false",
				"--belfry.notifier.window=250ms", "--belfry.notifier.poll-interval=50ms",
				"--belfry.buckets.lease=500ms", "--belfry.mail.threads=" + THREADS, "--belfry.mail.poll-interval=50ms",
				"--belfry.mail.cap-watch-interval=1h"));
	}

}
