package dev.belfry.notifier.emails;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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

import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.notifier.matching.AlertEvaluator;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alerts that all match, of which there is more than one transaction of the notifier
 * bears.
 */
@BelfryTest
@TestPropertySource(
		properties = { "belfry.notifier.window=1s", "belfry.notifier.poll-interval=100ms", "belfry.mail.threads=0" })
class ManyMatchesTests {

	private static final Query<Long> EVALUATIONS = Query
		.number("select count(*) from alert_evaluation where account_id = $1");

	private static final Query<Long> ENTRIES_TOLD = Query
		.number("select coalesce(sum(entries), 0)::bigint from delivery where account_id = $1");

	private static final Query<Long> TRANSACTIONS = Query
		.number("select count(distinct xmin::text) from alert_evaluation where account_id = $1");

	private static final Query<Long> LISTED = Query.number("""
			select sum(jsonb_array_length(content -> 'tables' -> 0 -> 'rows'))::bigint from written_delivery
			where account_id = $1 and entries > 1""");

	/** How long 20,000 e-mails may take to be queued on a slow machine. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	private final String name = "many-" + UUID.randomUUID();

	private AccountId account;

	private BelfryClient owner;

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create(this.name);
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.name));
	}

	@Test
	void tellsOfEachMatchOnceOverManyTransactions() {
		int alerts = 55;
		int events = 190;
		for (int i = 0; i < alerts; i++) {
			create("Alert " + i, List.of(Map.of("email", "ann@shop.example")));
		}

		publish(events);

		await(EVALUATIONS, alerts * events);
		await(ENTRIES_TOLD, alerts * events);
		assertThat(this.database.one(this.account, LISTED).block(BelfryClient.TIMEOUT))
			.isBetween(alerts * (NoiseWindow.MOST_SHOWN + 1L), (long) Digests.MOST_TOGETHER);
	}

	/** 1,000 e-mails of 19,900 characters are more than one transaction holds. */
	@Test
	void bearsLongEmailsInSeveralTransactions() {
		int alerts = 40;
		int events = 25;
		String body = "Ten chars ".repeat(1_990);
		for (int i = 0; i < alerts; i++) {
			create("Long " + i, body, List.of(Map.of("email", "ann@shop.example")));
		}

		publish(events);

		await(EVALUATIONS, alerts * events);
		await(ENTRIES_TOLD, alerts * events);
		assertThat(this.database.one(this.account, TRANSACTIONS).block(BelfryClient.TIMEOUT)).isGreaterThan(1);
	}

	@Test
	void tellsOfOneEventAsManyAddressesAsItMay() {
		List<Object> lists = IntStream.range(0, 5)
			.mapToObj(this::list)
			.<Object>map((id) -> Map.of("listId", id))
			.toList();
		for (int i = 0; i < 11; i++) {
			create("Alert " + i, lists);
		}
		create("Small", List.of(Map.of("email", "ann@shop.example")));

		publish(2);

		await(EVALUATIONS, 2 * 12);
		await(ENTRIES_TOLD, 2 * AlertEvaluator.MOST);
		List<Map<String, Object>> alerts = this.owner
			.ask("{ alerts { nodes { name trouble { message } evaluations { nodes { addresses error } } } } }")
			.field("alerts.nodes")
			.getValue();
		Collections.reverse(alerts);
		assertThat(alerts.subList(0, 10))
			.allSatisfy((alert) -> assertThat(alert.toString()).contains("addresses=1000"));
		assertThat(alerts.subList(10, 12)).allSatisfy(
				(alert) -> assertThat(alert.toString()).contains("would notify more than 10,000 addresses of one event")
					.doesNotContain("trouble=null"));
	}

	private String list(int number) {
		List<String> addresses = IntStream.range(0, 200)
			.mapToObj((i) -> "person" + number + "-" + i + "@shop.example")
			.toList();
		return run("createRecipientList", Map.of("name", "List " + number, "addresses", addresses))
			.field("createRecipientList.recipientList.id")
			.toEntity(String.class);
	}

	private void create(String name, List<?> recipients) {
		create(name, "It came.", recipients);
	}

	private void create(String name, String body, List<?> recipients) {
		run("createAlert", Map.of("name", name, "eventType", TestOrders.TYPE, "enabled", true, "template",
				Map.of("subject", "Order", "body", body), "recipients", recipients));
	}

	private ClientGraphQlResponse run(String mutation, Map<String, Object> input) {
		ClientGraphQlResponse answer = this.owner.run(mutation, Map.of("input", input));
		assertThat(answer.field(mutation + ".userErrors").toEntityList(Map.class)).isEmpty();
		return answer;
	}

	private void publish(int number) {
		List<Map<String, Object>> events = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			events.add(Events.one("event-" + UUID.randomUUID(), TestOrders.TYPE));
		}
		new BelfryClient(this.port, TestTokens.platform()).publish(this.name, events).block(BelfryClient.TIMEOUT);
	}

	private void await(Query<Long> query, long number) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.database.one(this.account, query).block(BelfryClient.TIMEOUT))
				.isEqualTo(number));
	}

}
