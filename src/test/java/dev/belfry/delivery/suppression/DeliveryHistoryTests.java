package dev.belfry.delivery.suppression;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the API shows of e-mails, and what one can do about them. None here is due. */
@BelfryTest
class DeliveryHistoryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Instant LATER = Instant.parse("2199-01-01T00:00:00Z");

	private static final String ON_HOLD = "GLOBAL:ORDER_ON_HOLD";

	private static final String FAILED = "GLOBAL:JOB_FAILED";

	private static final String ALERT = "ALERT:3";

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private Outbox outbox;

	@Autowired
	private SuppressionList suppressions;

	private final String name = "delivery-" + UUID.randomUUID();

	private AccountId account;

	private Http owner;

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create(this.name);
		this.owner = Http.at(this.port).token(TestTokens.owner(this.name));
	}

	@Test
	void showsTheNewestFirstInPages() {
		queue(ON_HOLD, "a@x.example", "b@x.example", "c@x.example");

		JsonNode first = page(Map.of("first", 2));
		JsonNode second = page(Map.of("first", 2, "after", first.at("/pageInfo/endCursor").asString()));

		assertThat(addresses(first)).containsExactly("c@x.example", "b@x.example");
		assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
		assertThat(first.at("/pageInfo/hasPreviousPage").asBoolean()).isFalse();
		assertThat(addresses(second)).containsExactly("a@x.example");
		assertThat(second.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
		assertThat(second.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
	}

	@Test
	void showsWhatADeliveryIs() {
		queue(ON_HOLD, "a@x.example");

		JsonNode delivery = page(Map.of()).at("/edges/0/node");

		assertThat(delivery.at("/topic").asString()).isEqualTo(ON_HOLD);
		assertThat(delivery.at("/topicTitle").asString()).isEqualTo("A topic");
		assertThat(delivery.at("/state").asString()).isEqualTo("PENDING");
		assertThat(delivery.at("/subject").asString()).isEqualTo("Hello");
		assertThat(delivery.at("/entries").asInt()).isEqualTo(1);
		assertThat(delivery.at("/nextAttemptAt").asString()).isEqualTo("2199-01-01T00:00:00Z");
		assertThat(delivery.at("/messageId").asString()).endsWith("@localhost>");
		assertThat(delivery.at("/answer").isNull()).isTrue();
		assertThat(delivery.at("/attempts").isEmpty()).isTrue();
	}

	@Test
	void showsTheMailOfADeliveryOnlyUntilItsAddressIsErased() {
		queue(ON_HOLD, "ann@x.example");
		String id = page(Map.of()).at("/edges/0/node/id").asString();

		JsonNode mail = detail(id).at("/mail");
		mutate("eraseAddress", Map.of("address", "ann@x.example"));

		assertThat(mail.at("/subject").asString()).isEqualTo("Hello");
		assertThat(mail.at("/text").asString()).startsWith("What happened\r\n").contains("A paragraph.\r\n");
		assertThat(mail.at("/html").asString()).startsWith("<!DOCTYPE html>").contains("A paragraph.</p>");
		assertThat(detail(id).at("/address").asString()).isEqualTo("erased");
		assertThat(detail(id).at("/mail").isNull()).isTrue();
	}

	@Test
	void showsTheMailsOfAWholePage() {
		queue(ON_HOLD, "ann@x.example", "ben@x.example");
		this.suppressions.erase(this.account, "ann@x.example").block(TIMEOUT);

		JsonNode page = this.owner.ask("{ deliveries { nodes { address mail { subject } } } }").json();

		assertThat(page.at("/data/deliveries/nodes")
			.valueStream()
			.map((node) -> node.at("/address").asString() + " " + node.at("/mail/subject").asString("none")))
			.containsExactly("ben@x.example Hello", "erased none");
	}

	@Test
	void findsByStateTopicAddressAndTime() {
		queue(ON_HOLD, "a@x.example", "b@x.example");
		this.outbox.stop(this.account, List.of(new Topic(FAILED))).block(TIMEOUT);
		queue(FAILED, "A@x.example");
		String now = Instant.now().plusSeconds(60).toString();

		assertThat(filtered("states", List.of("PENDING"))).containsExactly("b@x.example", "a@x.example");
		assertThat(filtered("states", List.of("CANCELLED", "SENT"))).containsExactly("A@x.example");
		assertThat(filtered("states", List.of())).hasSize(3);
		assertThat(filtered("topics", List.of(FAILED, "GLOBAL:NONE"))).containsExactly("A@x.example");
		assertThat(filtered("address", "a@X.example ")).containsExactly("A@x.example", "a@x.example");
		assertThat(filtered("createdAt", Map.of("to", now))).hasSize(3);
		assertThat(filtered("createdAt", Map.of("from", now))).isEmpty();
		assertThat(addresses(page(Map.of("filter",
				Map.of("address", "a@x.example", "topics", List.of(ON_HOLD), "states", List.of("PENDING"))))))
			.containsExactly("a@x.example");
	}

	@Test
	void findsNothingForWhatNothingCanBeCalled() {
		queue(ON_HOLD, "a@x.example");
		for (String odd : List.of("", "\0", "\ud800", "@", "a@", "@x", "x".repeat(10_000), "a@" + "x".repeat(300),
				"a@..", "'; drop")) {
			assertThat(filtered("topics", List.of(odd))).as(odd).isEmpty();
			assertThat(filtered("address", odd)).as(odd).isEmpty();
		}
		for (String time : List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z")) {
			assertThat(filtered("createdAt", Map.of("from", time, "to", time))).isEmpty();
		}
	}

	@Test
	void refusesPagesFiltersAndCursorsThatCannotBe() {
		for (String list : List.of("deliveries", "suppressions")) {
			for (int first : List.of(0, -1, 101)) {
				assertRefused(this.owner.run(list, Map.of("first", first)), "BAD_USER_INPUT", "first");
			}
			for (String cursor : List.of("", "garbled", "\0", "\ud800", "x".repeat(1_000))) {
				assertRefused(this.owner.run(list, Map.of("after", cursor)), "CURSOR_INVALID", "after");
			}
		}
		assertRefused(this.owner.run("deliveries", Map.of("filter", Map.of("topics", Collections.nCopies(101, "x")))),
				"BAD_USER_INPUT", "filter", "topics");
	}

	@Test
	void retriesOnceForAKey() {
		this.outbox.stop(this.account, List.of(new Topic(FAILED))).block(TIMEOUT);
		queue(FAILED, "a@x.example");
		this.outbox.resume(this.account, List.of(new Topic(FAILED))).block(TIMEOUT);
		String id = page(Map.of()).at("/edges/0/node/id").asString();

		JsonNode done = retry(id, "key");
		JsonNode again = retry(id, "key");
		JsonNode withoutKey = retry(id, null);

		assertThat(done.at("/delivery/id").asString()).isEqualTo(id);
		assertThat(done.at("/delivery/state").asString()).isNotEqualTo("CANCELLED");
		assertThat(again.at("/delivery/id").asString()).isEqualTo(id);
		assertThat(again.at("/userErrors").isEmpty()).isTrue();
		assertThat(errors(withoutKey)).containsExactly("NOT_POSSIBLE id");
		assertThat(withoutKey.at("/delivery").isNull()).isTrue();
	}

	@Test
	void saysWhyItCannotRetry() {
		this.outbox.stop(this.account, List.of(new Topic(FAILED))).block(TIMEOUT);
		queue(FAILED, "a@x.example");
		String id = page(Map.of()).at("/edges/0/node/id").asString();

		assertThat(errors(retry(id, null))).containsExactly("NOT_POSSIBLE id");
		for (String odd : List.of("", "garbled", "\0", "\ud800", "x".repeat(10_000))) {
			assertThat(errors(retry(odd, null))).as(odd).containsExactly("NOT_FOUND id");
		}
		assertThat(errors(retry(id, ""))).containsExactly("REQUIRED idempotencyKey");
		assertThat(errors(retry(id, "x".repeat(256)))).containsExactly("TOO_LONG idempotencyKey");
	}

	@Test
	void showsAndRemovesSuppressions() {
		this.suppressions.suppress(this.account, "ann@x.example", new Topic(ON_HOLD)).block(TIMEOUT);
		this.suppressions.suppress(this.account, "ben@x.example", null).block(TIMEOUT);
		JsonNode shown = this.owner.run("suppressions", Map.of()).json().at("/data/suppressions/edges");
		assertThat(shown.valueStream()
			.map((edge) -> edge.at("/node/address").asString() + " " + edge.at("/node/topic").asString("null") + " "
					+ edge.at("/node/origin").asString()))
			.containsExactly("ben@x.example null UNSUBSCRIBED", "ann@x.example " + ON_HOLD + " UNSUBSCRIBED");
		String id = shown.at("/0/node/id").asString();

		JsonNode removed = mutate("removeSuppression", Map.of("id", id));

		assertThat(removed.at("/suppression/address").asString()).isEqualTo("ben@x.example");
		assertThat(errors(mutate("removeSuppression", Map.of("id", id)))).containsExactly("NOT_FOUND id");
		queue(ON_HOLD, "ann@x.example", "ben@x.example");
		assertThat(filtered("states", List.of("PENDING"))).containsExactly("ben@x.example");
	}

	@Test
	void callsATopicAsTheLastEmailDidBeforeItWasSuppressed() {
		queueCalled("Ships abroad", "ann@x.example");
		queueCalled("Ships far abroad", "ann@x.example");
		queueCalled("Ships anywhere", "ben@x.example");
		this.suppressions.suppress(this.account, "Ann@x.example", new Topic(ALERT)).block(TIMEOUT);
		queueCalled("Ships", "ann@x.example");

		assertThat(suppressedTopics()).containsExactly("Ships far abroad");
		assertThat(mutate("eraseAddress", Map.of("address", "ann@x.example")).at("/erasedDeliveries").asInt())
			.isEqualTo(3);
		assertThat(suppressedTopics()).containsExactly("none");
	}

	@Test
	void callsATopicAsBestItCanWhenNoEmailIsKept() {
		for (String topic : List.of(ON_HOLD, ALERT, "GLOBAL:GONE")) {
			this.suppressions.suppress(this.account, "ann@x.example", new Topic(topic)).block(TIMEOUT);
		}
		this.suppressions.suppress(this.account, "ann@x.example", null).block(TIMEOUT);

		assertThat(suppressedTopics()).containsExactly("none", "An alert", "An alert", "Order On Hold");
	}

	@Test
	void showsSuppressionsInPages() {
		for (int i = 0; i < 3; i++) {
			this.suppressions.suppress(this.account, "p" + i + "@x.example", null).block(TIMEOUT);
		}

		JsonNode first = this.owner.run("suppressions", Map.of("first", 2)).json().at("/data/suppressions");
		JsonNode second = this.owner
			.run("suppressions", Map.of("first", 2, "after", first.at("/pageInfo/endCursor").asString()))
			.json()
			.at("/data/suppressions");

		assertThat(addresses(first)).containsExactly("p2@x.example", "p1@x.example");
		assertThat(addresses(second)).containsExactly("p0@x.example");
		assertThat(second.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
	}

	@Test
	void forgetsAnAddress() {
		queue(ON_HOLD, "Ann@x.example", "ben@x.example");

		JsonNode erased = mutate("eraseAddress", Map.of("address", " ann@X.example "));

		assertThat(erased.at("/erasedDeliveries").asInt()).isEqualTo(1);
		assertThat(addresses(page(Map.of()))).containsExactly("ben@x.example", "erased");
		assertThat(page(Map.of()).at("/edges/1/node/subject").isNull()).isTrue();
		assertThat(this.owner.run("suppressions", Map.of()).body()).contains("ERASED").doesNotContain("ann@");
		assertThat(mutate("eraseAddress", Map.of("address", "ann@x.example")).at("/erasedDeliveries").asInt(-1))
			.isZero();
	}

	@Test
	void repeatsACallWithItsKeyWithoutDoingItAgain() {
		queue(ON_HOLD, "ann@x.example");
		Map<String, Object> erasure = Map.of("address", "ann@x.example", "idempotencyKey", "one");
		assertThat(mutate("eraseAddress", erasure).at("/erasedDeliveries").asInt()).isEqualTo(1);
		String id = this.owner.run("suppressions", Map.of()).json().at("/data/suppressions/edges/0/node/id").asString();
		Map<String, Object> removal = Map.of("id", id, "idempotencyKey", "two");
		assertThat(mutate("removeSuppression", removal).at("/suppression/id").asString()).isEqualTo(id);

		JsonNode erasedAgain = mutate("eraseAddress", erasure);
		JsonNode removedAgain = mutate("removeSuppression", removal);

		assertThat(erasedAgain.at("/erasedDeliveries").asInt()).isEqualTo(1);
		assertThat(errors(removedAgain)).isEmpty();
		assertThat(removedAgain.at("/suppression/id").asString()).isEqualTo(id);
		assertThat(addresses(this.owner.run("suppressions", Map.of()).json().at("/data/suppressions"))).isEmpty();
		assertThat(errors(mutate("eraseAddress", Map.of("address", "ben@x.example", "idempotencyKey", "one"))))
			.containsExactly("IDEMPOTENCY_CONFLICT idempotencyKey");
		assertThat(errors(mutate("removeSuppression", Map.of("id", id)))).containsExactly("NOT_FOUND id");
	}

	@Test
	void refusesToForgetWhatIsNoAddress() {
		queue(ON_HOLD, "ann@x.example");
		Map<String, String> codes = new HashMap<>(Map.of("", "REQUIRED", " ", "REQUIRED", "ann", "INVALID",
				"@x.example", "INVALID", "a@x.example, b@x.example", "INVALID", "a\0@x.example", "INVALID",
				"\ud800@x.example", "INVALID", "x".repeat(250) + "@x.example", "TOO_LONG"));
		codes.forEach(
				(address, code) -> assertThat(errors(mutate("eraseAddress", Map.of("address", address)))).as(address)
					.containsExactly(code + " address"));
		assertThat(addresses(page(Map.of()))).containsExactly("ann@x.example");
	}

	@Test
	void answersADeliveryAsANodeOnlyToWhoMayReadDeliveries() {
		queue(ON_HOLD, "a@x.example");
		String id = page(Map.of()).at("/edges/0/node/id").asString();
		String document = "{ node(id: \"" + id + "\") { id ... on Delivery { address } } }";
		Http member = Http.at(this.port).token(TestTokens.user(this.name, "member", "notifications:read"));

		assertThat(this.owner.ask(document).json().at("/data/node/address").asString()).isEqualTo("a@x.example");
		assertThat(member.ask(document).json().at("/data/node").isNull()).isTrue();
		assertThat(member.ask(document).code()).isEqualTo("FORBIDDEN");
	}

	@Test
	void asksForTheScopes() {
		Http reader = Http.at(this.port).token(TestTokens.user(this.name, "reader", "deliveries:read"));
		Http member = Http.at(this.port).token(TestTokens.user(this.name, "member", "notifications:read"));

		for (String list : List.of("deliveries", "suppressions")) {
			assertThat(member.run(list, Map.of()).code()).isEqualTo("FORBIDDEN");
			assertThat(reader.run(list, Map.of()).code()).isEmpty();
		}
		for (String mutation : List.of("retryDelivery", "removeSuppression")) {
			assertThat(reader.run(mutation, Map.of("input", Map.of("id", "x"))).code()).isEqualTo("FORBIDDEN");
		}
		assertThat(reader.run("eraseAddress", Map.of("input", Map.of("address", "a@x.example"))).code())
			.isEqualTo("FORBIDDEN");
	}

	private void queue(String topic, String... addresses) {
		this.outbox.queue(this.account,
				Arrays.stream(addresses).map((address) -> TestMail.email(new Topic(topic), address, LATER)).toList())
			.block(TIMEOUT);
	}

	/** Of the alert, when it was called so. */
	private void queueCalled(String topicTitle, String address) {
		Email email = new Email(new Topic(ALERT), topicTitle, 1, address, TestMail.content("Hello"),
				new Cause(LogName.EVENTS, 1), 1, LATER);
		this.outbox.queue(this.account, List.of(email)).block(TIMEOUT);
	}

	/** For people, those of the newest suppressions first. */
	private List<String> suppressedTopics() {
		return this.owner.run("suppressions", Map.of())
			.json()
			.at("/data/suppressions/edges")
			.valueStream()
			.map((edge) -> edge.at("/node/topicTitle").asString("none"))
			.toList();
	}

	private JsonNode page(Map<String, Object> variables) {
		Http.Answer answer = this.owner.run("deliveries", variables);
		assertThat(answer.code()).as(answer.body()).isEmpty();
		return answer.json().at("/data/deliveries");
	}

	private JsonNode detail(String id) {
		return this.owner.run("deliveryDetail", Map.of("id", id)).json().at("/data/node");
	}

	private List<String> filtered(String field, Object value) {
		return addresses(page(Map.of("filter", Map.of(field, value))));
	}

	private static List<String> addresses(JsonNode connection) {
		return connection.at("/edges").valueStream().map((edge) -> edge.at("/node/address").asString()).toList();
	}

	private JsonNode retry(String id, String key) {
		Map<String, Object> input = new HashMap<>(Map.of("id", id));
		if (key != null) {
			input.put("idempotencyKey", key);
		}
		return mutate("retryDelivery", input);
	}

	private JsonNode mutate(String mutation, Map<String, Object> input) {
		Http.Answer answer = this.owner.run(mutation, Map.of("input", input));
		assertThat(answer.code()).as(answer.body()).isEmpty();
		return answer.json().at("/data/" + mutation);
	}

	private static List<String> errors(JsonNode payload) {
		return payload.at("/userErrors")
			.valueStream()
			.map((error) -> error.at("/code").asString() + " "
					+ String.join(".", error.at("/field").valueStream().map(JsonNode::asString).toList()))
			.toList();
	}

	private static void assertRefused(Http.Answer answer, String code, String... field) {
		assertThat(answer.code()).as(answer.body()).isEqualTo(code);
		assertThat(answer.field()).containsExactly(field);
	}

}
