package dev.belfry.notifier.reader;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a node has logged itself is evaluated without a poll. */
class NewsTests {

	private static final int EVENTS = 200;

	private static final String WAITING_FOR_LOCKS = """
			select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'""";

	private static final Query<Long> NOTIFIED = Query
		.number("select coalesce(sum(entries), 0)::bigint from delivery where account_id = $1");

	private LocalNode node;

	private AccountId account;

	private BelfryClient platform;

	private String database;

	@BeforeEach
	void start() {
		this.database = TestDatabase.createDatabase();
		this.node = LocalNode.start(this.database, "belfry.mail.threads=0", "belfry.notifier.poll-interval=1h",
				"belfry.notifier.window=0s", "spring.main.sources=" + TestAccounts.class.getName());
		this.account = this.node.bean(TestAccounts.class).create("shop");
		this.platform = this.node.client(TestTokens.platform());
		this.node.client(TestTokens.owner("shop"))
			.run("createAlert",
					Map.of("input",
							Map.of("name", "Any", "eventType", Orders.TYPE, "enabled", true, "template",
									Map.of("subject", "Order", "body", "It came."), "recipients",
									List.of(Map.of("email", "ann@shop.example")))));
	}

	@AfterEach
	void close() {
		this.node.close();
	}

	/** Most of it is logged while the account has a turn. */
	@Test
	void leavesNothingOfWhatIsLoggedDuringATurn() {
		Flux.range(0, EVENTS).flatMap(this::publish, 4).blockLast(BelfryClient.TIMEOUT);

		Awaitility.await().until(() -> notified() == EVENTS);
	}

	/** The look that it causes finds the account having a turn. */
	@Test
	void looksAgainAfterATurnDuringWhichSomethingIsLogged() throws SQLException {
		try (Connection other = TestDatabase.connect(this.database); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("lock table delivery in share mode");
			publish(0).block(BelfryClient.TIMEOUT);
			Awaitility.await().until(() -> TestDatabase.list(this.database, WAITING_FOR_LOCKS).size() == 1);

			publish(1).block(BelfryClient.TIMEOUT);
			long publishedAt = System.nanoTime();
			Awaitility.await().until(() -> looked() - publishedAt > 0);
			other.rollback();
		}

		Awaitility.await().until(() -> notified() == 2);
	}

	/** In nanoseconds, to the millisecond. */
	private long looked() {
		double ago = this.node.bean(MeterRegistry.class)
			.get("belfry.loop.age")
			.tag("loop", "notifier")
			.timeGauge()
			.value(TimeUnit.NANOSECONDS);
		return System.nanoTime() - (long) ago - 1_000_000;
	}

	private Mono<?> publish(int number) {
		return this.platform.publish("shop",
				List.of(Events.one("event-" + number, Orders.TYPE, Orders.of("A", "FR", number))));
	}

	private long notified() {
		return this.node.bean(AccountDatabase.class).one(this.account, NOTIFIED).block(BelfryClient.TIMEOUT);
	}

}
