package dev.belfry.notifier.reader;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** An account of which no turn ends well. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetAsideTests {

	private static final Query<Long> NOTIFIED = Query
		.number("select coalesce(sum(entries), 0)::bigint from delivery where account_id = $1");

	private static final Query<Long> TRIES = Query.number("select tries::bigint from notifier where account_id = $1");

	private static final Query<String> TROUBLE = Query.of(
			"select coalesce(trouble, '') as trouble from notifier where account_id = $1",
			(row) -> Rows.text(row, "trouble"));

	private final String url = TestDatabase.createDatabase();

	private LocalNode node;

	private String name;

	private AccountId account;

	@BeforeAll
	void start() {
		this.node = LocalNode.start(this.url, "belfry.mail.threads=0", "belfry.notifier.poll-interval=100ms",
				"belfry.notifier.window=0s", "spring.main.sources=" + TestAccounts.class.getName());
	}

	@AfterAll
	void stop() {
		this.node.close();
	}

	@BeforeEach
	void createAccount() {
		this.name = "shop-" + UUID.randomUUID();
		this.account = create(this.name);
	}

	@Test
	void isSetAsideWithTheReasonWhileTheOthersGoOn(CapturedOutput output) {
		String broken = "broken-" + UUID.randomUUID();
		AccountId brokenId = create(broken);
		TestDatabase.execute(this.url, """
				create function fail() returns trigger language plpgsql as $$
				begin
				  raise exception 'planted';
				end $$;
				create trigger fail before insert on delivery for each row when (new.account_id = %d)
				execute function fail()""".formatted(brokenId.value()));

		publish(broken, 2);
		Awaitility.await().until(() -> number(TRIES, brokenId) >= 2);
		publish(this.name, 1);
		Awaitility.await().until(() -> number(NOTIFIED, this.account) == 1);

		assertThat(text(TROUBLE, brokenId)).contains("planted");
		assertThat(output).contains("The log of account " + brokenId.value() + " could not be evaluated beyond");

		TestDatabase.execute(this.url,
				"drop function fail cascade; update notifier set not_before = null where account_id = "
						+ brokenId.value());
		Awaitility.await().until(() -> number(NOTIFIED, brokenId) == 2);
		Awaitility.await().until(() -> number(TRIES, brokenId) == 0);
		assertThat(text(TROUBLE, brokenId)).isEmpty();
	}

	/** What ended a node in the middle of many entries may not end the next. */
	@Test
	void goesOnOneEntryAtATimeAfterTurnsOfWhichNothingWasHeard(CapturedOutput output) {
		TestDatabase.execute(this.url, "insert into notifier (account_id, tries, not_before) values ("
				+ this.account.value() + ", 3, clock_timestamp())");

		publish(this.name, 3);

		Awaitility.await().until(() -> number(NOTIFIED, this.account) == 3);
		assertThat(output).containsOnlyOnce("has begun 3 turns that came to no good end");
		assertThat(number(TRIES, this.account)).isZero();
	}

	private AccountId create(String name) {
		AccountId created = this.node.bean(TestAccounts.class).create(name);
		this.node.client(TestTokens.owner(name))
			.run("createAlert",
					Map.of("input",
							Map.of("name", "Any", "eventType", Orders.TYPE, "enabled", true, "template",
									Map.of("subject", "Order", "body", "It came."), "recipients",
									List.of(Map.of("email", "ann@shop.example")))));
		return created;
	}

	private void publish(String account, int number) {
		this.node.client(TestTokens.platform())
			.publish(account,
					IntStream.range(0, number)
						.mapToObj(
								(i) -> Events.one("event-" + UUID.randomUUID(), Orders.TYPE, Orders.of("A", "FR", 10)))
						.toList())
			.block(BelfryClient.TIMEOUT);
	}

	private long number(Query<Long> query, AccountId account) {
		Long number = this.node.bean(AccountDatabase.class).one(account, query).block(BelfryClient.TIMEOUT);
		return (number != null) ? number : 0;
	}

	private String text(Query<String> query, AccountId account) {
		return this.node.bean(AccountDatabase.class).one(account, query).block(BelfryClient.TIMEOUT);
	}

}
