package dev.belfry.delivery.outbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.Ids;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who leaves, and whose e-mail is cleared at one node, gets nothing more by any (promise
 * 27).
 */
class LeaverTests {

	private static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");

	private static final String ANN = "ann@shop.example";

	private static final Map<String, Object> DRAFT = Map.of("draft", Map.of("eventType", "ORDER_IMPORTED"));

	private static LocalNode node;

	private static LocalNode other;

	private static int shops;

	private String name;

	private BelfryClient platform;

	private BelfryClient owner;

	private AccountId account;

	private String ann;

	@BeforeAll
	static void startTwoNodes() {
		String database = TestDatabase.createDatabase();
		node = LocalNode.start(database, "belfry.mail.threads=0");
		other = LocalNode.start(database, "belfry.mail.threads=0", "belfry.live.hints=false");
	}

	@AfterAll
	static void stop() {
		other.close();
		node.close();
	}

	@BeforeEach
	void registerAnn() {
		this.name = "shop-" + shops++;
		this.platform = node.client(TestTokens.platform());
		this.owner = node.client(TestTokens.owner(this.name));
		ClientGraphQlResponse shop = this.platform.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.name, "name", "Shop")))));
		String id = shop.field("upsertAccounts.results[0].account.id").toEntity(String.class);
		this.account = new AccountId(accountNumber(id));
		this.ann = annIs(ANN);
	}

	@Test
	void cancelsWhatWaitsForWhoLeftUnlessAnAlertLeadsThereAnotherWay() {
		String byUser = alert(Map.of("userId", this.ann));
		String byOwner = alert(Map.of("persona", "ACCOUNT_OWNER"));
		String byAddress = alert(Map.of("userId", this.ann), Map.of("email", "Ann@Shop.example"));
		String byEvent = alert(Map.of("userId", this.ann), Map.of("persona", "B2B_USER"));
		List<String> topics = List.of(byUser, byOwner, byAddress, byEvent, "GLOBAL:JOB_FAILED", "ALERT_TEST");
		topics.forEach(this::queue);

		annIs(null);

		assertThat(states()).containsExactlyInAnyOrder("CANCELLED " + byUser, "CANCELLED " + byOwner,
				"PENDING " + byAddress, "PENDING " + byEvent, "PENDING GLOBAL:JOB_FAILED", "CANCELLED ALERT_TEST");
	}

	@Test
	void cancelsWhatIsQueuedLaterByWhatWasEvaluatedBefore() {
		String byUser = alert(Map.of("userId", this.ann));
		annIs(null);

		queue(byUser);
		annIs(ANN);
		queue(byUser);

		assertThat(states()).containsExactlyInAnyOrder("CANCELLED " + byUser, "PENDING " + byUser);
	}

	@Test
	void tellsWhoLeftOfNoEvent() {
		alert(Map.of("userId", this.ann), Map.of("persona", "ACCOUNT_OWNER"));
		annIs(null);

		this.platform.publish(this.name, List.of(Events.one("event"))).block(BelfryClient.TIMEOUT);

		String evaluations = "{ alerts { nodes { evaluations { nodes { addresses unresolved } } } } }";
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> this.owner.ask(evaluations).getData().toString().contains("Ann has no e-mail address."));
		assertThat(states()).isEmpty();
	}

	@Test
	void sendsNoTestToWhoLeftFromAnotherNodeThatRemembersThem() {
		BelfryClient there = other.client(TestTokens.user(this.name, "ann", TestTokens.ALL_SCOPES));
		String email = "{ viewer { user { email } } }";
		assertThat(there.ask(email).field("viewer.user.email").toEntity(String.class)).isEqualTo(ANN);

		annIs(null);
		ClientGraphQlResponse test = there.run("sendTestAlert", Map.of("input", Map.of("alert", DRAFT)));

		assertThat(test.field("sendTestAlert.userErrors[0].code").toEntity(String.class)).isEqualTo("NOT_POSSIBLE");
		assertThat(states()).isEmpty();
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> there.ask(email).field("viewer.user.email").getValue() == null);
	}

	/** Answers her id. */
	private String annIs(String email) {
		Map<String, Object> user = new HashMap<>(Map.of("externalId", "ann", "name", "Ann", "role", "OWNER"));
		user.put("email", email);
		ClientGraphQlResponse answer = this.platform.run("upsertUsers",
				Map.of("input", Map.of("account", this.name, "users", List.of(user))));
		assertThat(answer.getErrors()).isEmpty();
		return answer.field("upsertUsers.results[0].user.id").toEntity(String.class);
	}

	/** An alert that tells these, by the topic of its e-mails. */
	@SafeVarargs
	@SuppressWarnings("varargs")
	private String alert(Map<String, Object>... recipients) {
		ClientGraphQlResponse made = this.owner.run("createAlert",
				Map.of("input", Map.of("name", Arrays.toString(recipients).hashCode() + "", "eventType",
						"ORDER_IMPORTED", "enabled", true, "recipients", List.of(recipients))));
		assertThat(made.field("createAlert.userErrors").toEntityList(Map.class)).isEmpty();
		String id = made.field("createAlert.alert.id").toEntity(String.class);
		return "ALERT:" + node.bean(Ids.class).decode(Ids.Kind.ALERT, this.account, id);
	}

	private void queue(String topic) {
		node.bean(Outbox.class)
			.queue(this.account, List.of(TestMail.email(new Topic(topic), ANN, NEVER)))
			.block(BelfryClient.TIMEOUT);
	}

	private List<String> states() {
		return this.owner.ask("{ deliveries { nodes { state topic } } }")
			.field("deliveries.nodes")
			.toEntityList(Map.class)
			.stream()
			.map((delivery) -> delivery.get("state") + " " + delivery.get("topic"))
			.toList();
	}

	/** By trying, since an account's id is bound to its number. */
	private static long accountNumber(String id) {
		for (long number = 1; number < 100; number++) {
			if (node.bean(Ids.class).decode(Ids.Kind.ACCOUNT, new AccountId(number), id) != null) {
				return number;
			}
		}
		throw new AssertionError(id);
	}

}
