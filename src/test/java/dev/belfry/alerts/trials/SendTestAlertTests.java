package dev.belfry.alerts.trials;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.alerts.rules.AlertForm.Problem;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static dev.belfry.alerts.rules.AlertForm.template;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests of alerts go to the one who asks alone. */
@BelfryTest
class SendTestAlertTests {

	private static final Map<String, Object> TO_ANN = Map.of("draft",
			Map.of("eventType", "ORDER_IMPORTED", "recipients", List.of(Map.of("email", "ann@shop.example"))));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	private final String name = "test-mail-" + UUID.randomUUID();

	private AccountId account;

	private BelfryClient owner;

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create(this.name);
		this.owner = as(TestTokens.owner(this.name));
	}

	@Test
	void goesToTheAddressOfTheCallerAlone() {
		Sent sent = send(this.owner, Map.of("alert", TO_ANN));

		assertThat(sent.userErrors()).isEmpty();
		assertThat(sent.delivery().address()).isEqualTo("owner@shop.example");
		assertThat(sent.delivery().topic()).isEqualTo("ALERT_TEST");
		assertThat(sent.delivery().subject()).isEqualTo("[Test] Order Imported: NW-10482");
		assertThat(deliveries()).singleElement().satisfies((delivery) -> {
			assertThat(delivery.get("topicTitle")).isEqualTo("Alert tests");
			assertThat(delivery.get("causeId")).isNull();
			assertThat(delivery.get("mail").toString())
				.contains("This is a test of an alert that is not saved. Nobody else gets it.");
		});
	}

	@Test
	void namesTheEventThatItWasTestedWith() {
		as(TestTokens.platform()).publish(this.name, List.of(Events.one("event-1"))).block(BelfryClient.TIMEOUT);
		String event = this.owner.ask("{ platformEvents { nodes { id } } }")
			.field("platformEvents.nodes[0].id")
			.toEntity(String.class);

		send(this.owner, Map.of("alert", TO_ANN, "event", Map.of("id", event)));

		assertThat(deliveries()).extracting((delivery) -> delivery.get("causeId")).containsExactly(event);
	}

	@Test
	void countsAsOneOfTheDaysMails() {
		send(this.owner, Map.of("alert", TO_ANN));
		send(this.owner, Map.of("alert", TO_ANN));

		assertThat(this.database
			.one(this.account, Query.number("select sum(queued)::bigint from mail_day where account_id = $1"))
			.block(BelfryClient.TIMEOUT)).isEqualTo(2);
	}

	@Test
	void isSentOnceForEachKey() {
		Map<String, Object> input = Map.of("alert", TO_ANN, "idempotencyKey", "first");

		Sent first = send(this.owner, input);
		send(this.owner, Map.of("alert", TO_ANN, "idempotencyKey", "second"));
		Sent again = send(this.owner, input);

		assertThat(again.delivery().id()).isEqualTo(first.delivery().id());
		assertThat(deliveries()).hasSize(2);
	}

	@Test
	void isSentToEachWhoAsksWithTheSameKey() {
		Map<String, Object> input = Map.of("alert", TO_ANN, "idempotencyKey", "key");
		send(this.owner, input);

		Sent bens = send(as(TestTokens.user(this.name, "ben", TestTokens.ALL_SCOPES)), input);

		assertThat(bens.errors()).isEmpty();
		assertThat(deliveries()).hasSize(2);
	}

	@Test
	void goesNowhereForOneWithoutAnAddress() {
		String nobody = sign(Map.of("account", this.name, "platform", true, "scope", TestTokens.ALL_SCOPES));
		String unreachable = sign(Map.of("account", this.name, "sub", "cid", "scope", TestTokens.ALL_SCOPES));

		for (String token : List.of(nobody, unreachable)) {
			Sent refused = send(as(token), Map.of("alert", TO_ANN));

			assertThat(refused.errors()).containsExactly("NOT_POSSIBLE");
			assertThat(refused.delivery()).isNull();
		}
		assertThat(deliveries()).isEmpty();
	}

	@Test
	void saysWhyItCannotBeWritten() {
		Map<String, Object> wordy = Map.of("draft", Map.of("eventType", "ORDER_IMPORTED", "template",
				template("x", "{{#order.lines}}{{title}}{{title}}{{title}}{{/order.lines}}")));

		Sent refused = send(this.owner, Map.of("alert", wordy, "event", Map.of("payload", wordyOrder())));

		assertThat(refused.errors()).containsExactly("NOT_POSSIBLE alert");
		assertThat(deliveries()).isEmpty();
	}

	/** Within the limits of a payload, but each title is written three times. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> wordyOrder() {
		Map<String, Object> payload = new HashMap<>(EventTypes.named("ORDER_IMPORTED").sample());
		Map<String, Object> order = new HashMap<>((Map<String, Object>) payload.get("order"));
		order.put("lines",
				Collections.nCopies(25, Map.of("sku", "A-1", "title", "t".repeat(2_000), "quantity", 1, "price", 1)));
		payload.put("order", order);
		return payload;
	}

	private static String sign(Map<String, Object> claims) {
		return TestTokens.sign(claims, Duration.ofHours(1));
	}

	private BelfryClient as(String token) {
		return new BelfryClient(this.port, token);
	}

	private static Sent send(BelfryClient client, Map<String, Object> input) {
		ClientGraphQlResponse answer = client.run("sendTestAlert", Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		return answer.field("sendTestAlert").toEntity(Sent.class);
	}

	private List<Map<String, Object>> deliveries() {
		return this.owner.ask("{ deliveries { nodes { topicTitle causeId mail { text } } } }")
			.field("deliveries.nodes")
			.getValue();
	}

	record Sent(Queued delivery, List<Problem> userErrors) {

		List<String> errors() {
			return Problem.told(this.userErrors);
		}

	}

	record Queued(String id, String topic, String address, String state, String subject) {
	}

}
