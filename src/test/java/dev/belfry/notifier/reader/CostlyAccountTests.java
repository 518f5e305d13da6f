package dev.belfry.notifier.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.test.context.TestPropertySource;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An account with the dearest alerts that it may have, beside one with a cheap one.
 */
@BelfryTest
@TestPropertySource(properties = { "belfry.notifier.poll-interval=100ms", "belfry.mail.threads=0" })
class CostlyAccountTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Query<Long> DELIVERIES = Query.number("select count(*) from delivery where account_id = $1");

	private static final Query<Long> BEHIND = Query.number("""
			select p.event_end - p.event_position from notifier_progress p where p.account_id = $1""");

	private static final String COSTLY = "(?:a?){95}z";

	private static final int ALERTS = 60;

	private static final int EVENTS = 40;

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	private final String costly = "costly-" + UUID.randomUUID();

	private AccountId costlyId;

	@BeforeEach
	void createAccounts() {
		this.costlyId = this.accounts.create(this.costly);
		BelfryClient owner = new BelfryClient(this.port, TestTokens.owner(this.costly));
		for (int i = 0; i < ALERTS; i++) {
			create(owner, "Costly " + i,
					Map.of("test", Map.of("field", "order.number", "operator", "MATCHES", "value", COSTLY)));
		}
	}

	/** It took the other's e-mail as long as all of the costly account's evaluation. */
	@Test
	void notifiesAnotherAccountWhileItIsStillBusy() {
		String modest = "modest-" + UUID.randomUUID();
		AccountId modestId = this.accounts.create(modest);
		create(new BelfryClient(this.port, TestTokens.owner(modest)), "Any", null);

		publish(this.costly, EVENTS);
		publish(modest, 1);

		await(DELIVERIES, modestId, 1);
		assertThat(number(BEHIND, this.costlyId)).isPositive();
		await(BEHIND, this.costlyId, 0);
	}

	/** Beyond what an entry may cost, alerts fail visibly, the same ones each time. */
	@Test
	void failsWhatIsBeyondWhatAnEntryMayCost() {
		publish(this.costly, 2);
		await(BEHIND, this.costlyId, 0);

		List<Integer> failed = this.database.all(this.costlyId, Query.of("""
				select count(*)::int as failed from alert_evaluation
				where account_id = $1 and error like 'The earlier alerts take%' group by position order by position""",
				(row) -> row.get("failed", Integer.class)))
			.collectList()
			.block(BelfryClient.TIMEOUT);
		assertThat(failed).hasSize(2).first().isNotEqualTo(0);
		assertThat(failed.get(0)).isEqualTo(failed.get(1)).isLessThan(ALERTS);
	}

	/** What it asks itself keeps no other account's queries waiting. */
	@Test
	void answersOthersWhileItAsksWhy() {
		publish(this.costly, 1);
		await(BEHIND, this.costlyId, 0);
		BelfryClient owner = new BelfryClient(this.port, TestTokens.owner(this.costly));
		String event = owner.ask("{ platformEvents { nodes { id } } }")
			.field("platformEvents.nodes[0].id")
			.toEntity(String.class);

		ClientGraphQlResponse answer = owner
			.ask("query ($id: ID!) { a: whyNotified(id: $id) { alerts { verdict reason } } }", Map.of("id", event));

		assertThat(answer.getErrors()).isEmpty();
		assertThat(answer.field("a.alerts").toEntityList(Map.class)).hasSize(ALERTS);
	}

	private void publish(String account, int number) {
		List<Map<String, Object>> events = new ArrayList<>();
		IntStream.range(0, number)
			.forEach((i) -> events
				.add(Events.one("event-" + UUID.randomUUID(), Orders.TYPE, Orders.of("a".repeat(1_900), "FR", 10))));
		new BelfryClient(this.port, TestTokens.platform()).publish(account, events).block(BelfryClient.TIMEOUT);
	}

	private static void create(BelfryClient owner, String name, Map<String, Object> condition) {
		Map<String, Object> input = new java.util.HashMap<>(Map.of("name", name, "eventType", Orders.TYPE, "enabled",
				true, "template", Map.of("subject", "Order", "body", "It came."), "recipients",
				List.of(Map.of("email", "ann@shop.example"))));
		input.put("condition", condition);
		assertThat(owner.run("createAlert", Map.of("input", input))
			.field("createAlert.userErrors")
			.toEntityList(Map.class)).isEmpty();
	}

	private void await(Query<Long> query, AccountId account, long number) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(number(query, account)).isEqualTo(number));
	}

	private long number(Query<Long> query, AccountId account) {
		return this.database.one(account, query).block(BelfryClient.TIMEOUT);
	}

}
