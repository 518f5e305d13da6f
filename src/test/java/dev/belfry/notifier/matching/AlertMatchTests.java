package dev.belfry.notifier.matching;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.Orders;
import dev.belfry.testing.ReceivedMail;
import dev.belfry.testing.TestAccounts;

import static org.assertj.core.api.Assertions.assertThat;

/** From an event that an alert is about to the e-mails that arrive, over real SMTP. */
@BelfryTest
class AlertMatchTests {

	private static final MailRelay RELAY = new MailRelay();

	private static final Map<String, Object> ABROAD = test("order.shipping.country", "NOT_EQUALS", "US");

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	private MailedAccount shop;

	private BelfryClient owner;

	@DynamicPropertySource
	static void sendToRelay(DynamicPropertyRegistry properties) {
		RELAY.register(properties);
		properties.add("belfry.notifier.window", () -> "2s");
	}

	@AfterAll
	static void stopRelay() {
		RELAY.close();
	}

	@BeforeEach
	void createAccount() {
		this.shop = new MailedAccount(this.port, this.accounts, RELAY);
		this.owner = this.shop.owner();
	}

	/**
	 * The page's example: when an order is imported, to the buyer, the owner and an
	 * address.
	 */
	@Test
	void tellsBuyerOwnerAndAddressOfAnOrderThatShipsAbroadAndIsDear() {
		create("International Order Alert",
				Map.of("all", List.of(ABROAD, test("order.total", "GREATER", new BigDecimal("500")))),
				"Order {{order.number}} ships to {{order.shipping.country}}",
				"Total {{order.total}}.\n\n{{#order.lines}}\n- {{quantity}} x {{title}}\n{{/order.lines}}",
				Map.of("persona", "B2B_USER"), Map.of("persona", "ACCOUNT_OWNER"), email("ops"));

		publish(List.of(order("A-1", "FR", 1240.5), order("A-2", "US", 900), order("A-3", "DE", 500)));

		List<ReceivedMail> mails = this.shop.await(3);
		assertThat(names(mails)).containsExactlyInAnyOrder("buyer", "olga", "ops");
		for (ReceivedMail mail : mails) {
			assertThat(mail.subject()).isEqualTo("Order A-1 ships to FR");
			assertThat(mail.text()).contains("Total $1,240.50.", "- 2 x Cedar Planter, large");
		}
		assertThat(verdicts(1)).containsExactly("NOTIFIED It matched version 1 of the alert.");
		assertThat(verdicts(2)).containsExactly("NOT_CONCERNED Not true: Shipping country is not \"US\"; it was US.");
		assertThat(verdicts(3)).singleElement()
			.asString()
			.startsWith("NOT_CONCERNED Not true: Order total")
			.contains("500");
	}

	@Test
	void keepsGoingWhenAnAlertFailsAndSaysSo() {
		create("Broken", Map.of("cel", "1 / order.itemCount > 0"), "Broken", "x", email("never"));
		create("Sound", ABROAD, "Sound", "x", email("ann"));

		publish(List.of(Orders.with("itemCount", 0, order("A-1", "FR", 10))));

		assertThat(names(this.shop.await(1))).containsExactly("ann");
		assertThat(verdicts(1)).first().asString().startsWith("FAILED ");
		assertThat(verdicts(1)).last().isEqualTo("NOTIFIED It matched version 1 of the alert.");
		assertThat(troubles()).containsEntry("Broken", "FAILS").containsEntry("Sound", null);
	}

	@Test
	void recordsWhomItCouldNotTell() {
		create("Lonely", ABROAD, "Hello", "x", Map.of("persona", "B2B_USER"));
		create("Marker", ABROAD, "Hello", "x", email("marker"));

		publish(List.of(Orders.ofNobody(order("A-1", "FR", 10))));

		assertThat(names(this.shop.await(1))).containsExactly("marker");
		assertThat(
				this.owner.ask("{ alerts { nodes { name evaluations { nodes { addresses unresolved version } } } } }")
					.field("alerts.nodes[1].evaluations.nodes[0].unresolved")
					.toEntityList(String.class))
			.singleElement()
			.asString()
			.contains("b2bUser.email is absent");
		assertThat(troubles()).containsEntry("Lonely", "TELLS_NOBODY");
	}

	@Test
	void tellsOfJobsToo() {
		this.shop.createAlert("Failures", "JOB_COMPLETED", test("job.outcome", "EQUALS", "FAILED"),
				"{{job.operationName}} failed at {{job.integration.name}}", "{{job.summary}}", email("ann"));

		this.shop.platform()
			.record(this.shop.name(),
					List.of(Completions.one("run-1", "SUCCEEDED"), Completions.one("run-2", "FAILED")))
			.block(BelfryClient.TIMEOUT);

		assertThat(this.shop.await(1).get(0).subject()).isEqualTo("Get Orders failed at Main shop");
	}

	@Test
	void namesTheVersionThatWasInForceWhenEachEventWasCommitted() {
		Map<String, Object> alert = create("Edited", ABROAD, "First {{order.number}}", "x", email("ann"));
		other().takeTurn();
		publish(List.of(order("A-1", "FR", 10)));
		mutate("updateAlert", Map.of("id", alert.get("id"), "expectedVersion", 1, "template",
				Map.of("subject", "Second {{order.number}}", "body", "x"), "recipients", List.of(email("ben"))));
		publish(List.of(order("A-2", "FR", 10)));
		other().giveTurnBack();

		List<ReceivedMail> mails = this.shop.await(2);
		assertThat(mails.stream().map((mail) -> mail.address() + " " + mail.subject())).containsExactlyInAnyOrder(
				this.shop.address("ann") + " First A-1", this.shop.address("ben") + " Second A-2");
		assertThat(this.owner.ask("{ deliveries { nodes { alertVersion } } }")
			.field("deliveries.nodes")
			.toEntityList(Map.class)).extracting((node) -> node.get("alertVersion")).containsExactly(2, 1);
	}

	/** A burst gives one e-mail at once, and one that lists the rest. */
	@Test
	void foldsABurstIntoOneEmailAndOneDigest() {
		create("Busy", ABROAD, "Order {{order.number}}", "x", email("ann"));

		publish(IntStream.rangeClosed(1, 30).mapToObj((i) -> order("A-" + i, "FR", 10)).toList());

		List<ReceivedMail> mails = this.shop.await(2);
		assertThat(mails.get(0).subject()).isEqualTo("Order A-1");
		assertThat(mails.get(1).subject()).isEqualTo("29 \u00d7 Busy");
		assertThat(mails.get(1).text()).contains("Order A-2", "Order A-30");
	}

	/** The subjects of matches that an earlier transaction folded are kept with them. */
	@Test
	void listsWhatEarlierTransactionsFoldedAsItWasWrittenThen() {
		create("Busy", ABROAD, "Order {{order.number}} of {{b2bUser.email}}", "x", email("ann"));
		publish(List.of(order("A-1", "FR", 10)));
		this.shop.await(1);
		publish(List.of(order("A-2", "FR", 10)));
		awaitMatches(2);
		publish(List.of(order("A-3", "FR", 10)));
		awaitMatches(3);

		ReceivedMail digest = this.shop.await(2).get(1);
		assertThat(digest.subject()).isEqualTo("2 \u00d7 Busy");
		assertThat(digest.text()).contains("Order A-2 of " + this.shop.address("buyer"),
				"Order A-3 of " + this.shop.address("buyer"));
	}

	@Test
	void writesWhatAnEarlierTransactionFoldedAloneInFull() {
		create("Busy", ABROAD, "Order {{order.number}}", "Total {{order.total}}.", email("ann"));
		publish(List.of(order("A-1", "FR", 10)));
		this.shop.await(1);
		publish(List.of(order("A-2", "FR", 20)));

		ReceivedMail second = this.shop.await(2).get(1);
		assertThat(second.subject()).isEqualTo("Order A-2");
		assertThat(second.text()).startsWith("Total $20.00.");
	}

	@Test
	void forgetsAnErasedAddressInSubjectsToo() {
		create("Busy", ABROAD, "Order {{order.number}} of {{b2bUser.email}}", "x", email("ann"));
		publish(List.of(order("A-1", "FR", 10)));
		this.shop.await(1);

		mutate("eraseAddress", Map.of("address", this.shop.address("Buyer")));

		assertThat(this.database.all(this.shop.id(), Query.number("""
				select count(*) from alert_evaluation where account_id = $1 and error is null and subject is null"""))
			.blockFirst(BelfryClient.TIMEOUT)).isEqualTo(1);
	}

	@Test
	void sendsWhatItsPreviewShows() throws Exception {
		Map<String, Object> alert = create("Abroad", ABROAD,
				"Order {{order.number}} ships to {{order.shipping.country}}",
				"Total {{order.total}}.\n\n{{#order.lines}}\n- {{quantity}} x {{title}}\n{{/order.lines}}",
				email("ann"));
		publish(List.of(order("A-1", "FR", 1240.5)));
		String event = this.owner.ask("{ platformEvents { nodes { id } } }")
			.field("platformEvents.nodes[0].id")
			.toEntity(String.class);

		Map<String, Object> preview = this.owner
			.run("previewAlert",
					Map.of("input", Map.of("alert", Map.of("id", alert.get("id")), "event", Map.of("id", event))))
			.field("previewAlert.mail")
			.getValue();

		ReceivedMail mail = this.shop.await(1).get(0);
		assertThat(preview).containsEntry("subject", mail.subject())
			.containsEntry("text", mail.text())
			.containsEntry("html", mail.html());
	}

	@Test
	void sendsATestToTheOneWhoAsksAlone() {
		Map<String, Object> alert = create("Abroad", ABROAD, "Order {{order.number}}", "x", email("ann"));

		mutate("sendTestAlert", Map.of("alert", Map.of("id", alert.get("id"))));

		ReceivedMail mail = this.shop.await(1).get(0);
		assertThat(names(List.of(mail))).containsExactly("olga");
		assertThat(mail.subject()).isEqualTo("[Test] Order NW-10482");
		assertThat(mail.text()).contains("This is a test of the alert \"Abroad\". Nobody else gets it.");
		assertThat(this.owner.ask("{ deliveries { nodes { id } } }").field("deliveries.nodes").toEntityList(Map.class))
			.hasSize(1);
	}

	@Test
	void cancelsWhatWaitsWhenTheAlertIsDeleted() {
		Map<String, Object> alert = create("Gone", ABROAD, "Gone", "x", email("ann"));
		create("Marker", ABROAD, "Marker", "x", email("marker"));
		other().takeTurn();
		publish(List.of(order("A-1", "FR", 10)));
		mutate("deleteAlert", Map.of("id", alert.get("id")));
		other().giveTurnBack();

		assertThat(names(this.shop.await(1))).containsExactly("marker");
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.untilAsserted(() -> assertThat(this.owner.ask("{ deliveries { nodes { state } } }")
				.field("deliveries.nodes")
				.toEntityList(Map.class)).extracting((node) -> node.get("state"))
				.containsExactlyInAnyOrder("SENT", "CANCELLED"));
	}

	private void awaitMatches(long number) {
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.untilAsserted(() -> assertThat(this.database
				.all(this.shop.id(), Query.number("select count(*) from alert_evaluation where account_id = $1"))
				.blockFirst(BelfryClient.TIMEOUT)).isEqualTo(number));
	}

	private Map<String, Object> create(String name, Map<String, Object> condition, String subject, String body,
			Object... recipients) {
		return this.shop.createAlert(name, Orders.TYPE, condition, subject, body, recipients);
	}

	private Map<String, Object> mutate(String mutation, Map<String, Object> input) {
		return this.shop.mutate(mutation, input);
	}

	private static Map<String, Object> test(String field, String operator, Object value) {
		return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
	}

	private Map<String, Object> email(String name) {
		return this.shop.email(name);
	}

	/** An order with a buyer of this test. */
	private Map<String, Object> order(String number, String country, double total) {
		return Orders.boughtBy(this.shop.address("buyer"), Orders.of(number, country, total));
	}

	private void publish(List<Map<String, Object>> orders) {
		this.shop.publish(
				orders.stream().map((order) -> Events.one("event-" + UUID.randomUUID(), Orders.TYPE, order)).toList());
	}

	/** What was decided about the event at a position, in the order of the alerts. */
	private List<String> verdicts(int position) {
		List<Map<String, Object>> events = this.owner.ask("{ platformEvents { nodes { id } } }")
			.field("platformEvents.nodes")
			.getValue();
		String id = (String) events.get(events.size() - position).get("id");
		ClientGraphQlResponse answer = this.owner.ask(
				"query why($id: ID!) { whyNotified(id: $id)"
						+ " { evaluated alerts { name verdict reason unresolved emails { address } } } }",
				Map.of("id", id));
		assertThat(answer.getErrors()).isEmpty();
		List<Map<String, Object>> alerts = answer.field("whyNotified.alerts").getValue();
		return alerts.stream().map((alert) -> alert.get("verdict") + " " + alert.get("reason")).toList();
	}

	private Map<String, String> troubles() {
		List<Map<String, Object>> alerts = this.owner
			.ask("{ alerts { nodes { name trouble { kind since message } } } }")
			.field("alerts.nodes")
			.getValue();
		Map<String, String> troubles = new HashMap<>();
		alerts.forEach((alert) -> troubles.put((String) alert.get("name"),
				(alert.get("trouble") instanceof Map<?, ?> trouble) ? (String) trouble.get("kind") : null));
		return troubles;
	}

	private IdleNode other() {
		return new IdleNode(this.database, this.shop.id());
	}

	private static List<String> names(List<ReceivedMail> mails) {
		return mails.stream().map(ReceivedMail::name).toList();
	}

}
