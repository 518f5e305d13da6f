package dev.belfry.notifier;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** From an event that an alert is about to the e-mails that arrive, over real SMTP. */
@BelfryTest
class AlertedTests {

	private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());

	private static final Map<String, Object> ABROAD = test("order.shipping.country", "NOT_EQUALS", "US");

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	private final String name = "alerted-" + UUID.randomUUID();

	/** Nobody else's mail. */
	private final String domain = this.name + ".example";

	private AccountId account;

	private BelfryClient owner;

	private BelfryClient platform;

	@DynamicPropertySource
	static void sendToGreenMail(DynamicPropertyRegistry properties) {
		MAIL.start();
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
		properties.add("belfry.notifier.window", () -> "2s");
	}

	@AfterAll
	static void stopGreenMail() {
		MAIL.stop();
	}

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create(this.name);
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.name));
		this.platform = new BelfryClient(this.port, TestTokens.platform());
		this.platform.run("upsertUsers", Map.of("input", Map.of("account", this.name, "users", List
			.of(Map.of("externalId", "owner", "name", "Olga", "role", "OWNER", "email", "olga@" + this.domain)))));
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

		List<MimeMessage> mails = await(3);
		assertThat(recipients(mails)).containsExactlyInAnyOrder("buyer", "olga", "ops");
		for (MimeMessage mail : mails) {
			assertThat(subject(mail)).isEqualTo("Order A-1 ships to FR");
			assertThat(GreenMailUtil.getBody(mail)).contains("Total $1,240.50.", "- 2 x Cedar Planter, large");
		}
		assertThat(verdicts(1)).containsExactly("NOTIFIED It matched version 1 of the alert.");
		assertThat(verdicts(2)).containsExactly("NOT_CONCERNED Not so: Shipping country is not \"US\"; it was US.");
		assertThat(verdicts(3)).singleElement()
			.asString()
			.startsWith("NOT_CONCERNED Not so: Order total")
			.contains("500");
	}

	@Test
	void keepsGoingWhenAnAlertFailsAndSaysSo() {
		create("Broken", Map.of("cel", "1 / order.itemCount > 0"), "Broken", "x", email("never"));
		create("Sound", ABROAD, "Sound", "x", email("ann"));

		publish(List.of(order("A-1", "FR", 10, Map.of("itemCount", 0))));

		assertThat(recipients(await(1))).containsExactly("ann");
		assertThat(verdicts(1)).first().asString().startsWith("FAILED ");
		assertThat(verdicts(1)).last().isEqualTo("NOTIFIED It matched version 1 of the alert.");
		assertThat(troubles()).containsEntry("Broken", "FAILS").containsEntry("Sound", null);
	}

	@Test
	void recordsWhomItCouldNotTell() {
		create("Lonely", ABROAD, "Hello", "x", Map.of("persona", "B2B_USER"));
		create("Marker", ABROAD, "Hello", "x", email("marker"));

		publish(List.of(withoutBuyer(order("A-1", "FR", 10))));

		assertThat(recipients(await(1))).containsExactly("marker");
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
		create("Failures", "JOB_COMPLETED", test("job.outcome", "EQUALS", "FAILED"),
				"{{job.operationName}} failed at {{job.integration.name}}", "{{job.summary}}", email("ann"));

		this.platform
			.record(this.name, List.of(Completions.one("run-1", "SUCCEEDED"), Completions.one("run-2", "FAILED")))
			.block(BelfryClient.TIMEOUT);

		assertThat(subject(await(1).get(0))).isEqualTo("Get Orders failed at Main shop");
	}

	@Test
	void namesTheVersionThatWasInForceWhenEachEventWasCommitted() {
		Map<String, Object> alert = create("Edited", ABROAD, "First {{order.number}}", "x", email("ann"));
		pauseNotifier();
		publish(List.of(order("A-1", "FR", 10)));
		mutate("updateAlert", Map.of("id", alert.get("id"), "expectedVersion", 1, "template",
				Map.of("subject", "Second {{order.number}}", "body", "x"), "recipients", List.of(email("ben"))));
		publish(List.of(order("A-2", "FR", 10)));
		resumeNotifier();

		List<MimeMessage> mails = await(2);
		assertThat(mails.stream().map((mail) -> recipient(mail) + " " + subject(mail)))
			.containsExactlyInAnyOrder("ann@" + this.domain + " First A-1", "ben@" + this.domain + " Second A-2");
		assertThat(this.owner.ask("{ deliveries { nodes { alertVersion } } }")
			.field("deliveries.nodes")
			.toEntityList(Map.class)).extracting((node) -> node.get("alertVersion")).containsExactly(2, 1);
	}

	/** A burst gives one e-mail at once, and one that lists the rest. */
	@Test
	void foldsABurstIntoOneEmailAndOneDigest() {
		create("Busy", ABROAD, "Order {{order.number}}", "x", email("ann"));

		publish(IntStream.rangeClosed(1, 30).mapToObj((i) -> order("A-" + i, "FR", 10)).toList());

		List<MimeMessage> mails = await(2);
		assertThat(subject(mails.get(0))).isEqualTo("Order A-1");
		assertThat(subject(mails.get(1))).isEqualTo("29 \u00d7 Busy");
		assertThat(GreenMailUtil.getBody(mails.get(1))).contains("Order A-2", "Order A-30");
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

		MimeMessage mail = await(1).get(0);
		assertThat(preview).containsEntry("subject", subject(mail))
			.containsEntry("text", part(mail, 0))
			.containsEntry("html", part(mail, 1));
	}

	@Test
	void sendsATestToTheOneWhoAsksAlone() {
		Map<String, Object> alert = create("Abroad", ABROAD, "Order {{order.number}}", "x", email("ann"));

		mutate("sendTestAlert", Map.of("alert", Map.of("id", alert.get("id"))));

		MimeMessage mail = await(1).get(0);
		assertThat(recipients(List.of(mail))).containsExactly("olga");
		assertThat(subject(mail)).isEqualTo("[Test] Order NW-10482");
		assertThat(GreenMailUtil.getBody(mail))
			.contains("This is a test of the alert \"Abroad\". Nobody else gets it.");
		assertThat(this.owner.ask("{ deliveries { nodes { id } } }").field("deliveries.nodes").toEntityList(Map.class))
			.hasSize(1);
	}

	@Test
	void cancelsWhatWaitsWhenTheAlertIsDeleted() {
		Map<String, Object> alert = create("Gone", ABROAD, "Gone", "x", email("ann"));
		create("Marker", ABROAD, "Marker", "x", email("marker"));
		pauseNotifier();
		publish(List.of(order("A-1", "FR", 10)));
		mutate("deleteAlert", Map.of("id", alert.get("id")));
		resumeNotifier();

		assertThat(recipients(await(1))).containsExactly("marker");
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.untilAsserted(() -> assertThat(this.owner.ask("{ deliveries { nodes { state } } }")
				.field("deliveries.nodes")
				.toEntityList(Map.class)).extracting((node) -> node.get("state"))
				.containsExactlyInAnyOrder("SENT", "CANCELLED"));
	}

	private Map<String, Object> create(String name, Map<String, Object> condition, String subject, String body,
			Object... recipients) {
		return create(name, "ORDER_IMPORTED", condition, subject, body, recipients);
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> create(String name, String type, Map<String, Object> condition, String subject,
			String body, Object... recipients) {
		Map<String, Object> payload = mutate("createAlert",
				Map.of("name", name, "eventType", type, "enabled", true, "condition", condition, "template",
						Map.of("subject", subject, "body", body), "recipients", List.of(recipients)));
		return (Map<String, Object>) payload.get("alert");
	}

	private Map<String, Object> mutate(String mutation, Map<String, Object> input) {
		ClientGraphQlResponse answer = this.owner.run(mutation, Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		Map<String, Object> payload = answer.field(mutation).getValue();
		assertThat((List<?>) payload.get("userErrors")).isEmpty();
		return payload;
	}

	private static Map<String, Object> test(String field, String operator, Object value) {
		return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
	}

	private Map<String, Object> email(String name) {
		return Map.of("email", name + "@" + this.domain);
	}

	private Map<String, Object> order(String number, String country, double total) {
		return order(number, country, total, Map.of());
	}

	/** The sample of the catalogue, with a buyer of this test. */
	@SuppressWarnings("unchecked")
	private Map<String, Object> order(String number, String country, double total, Map<String, Object> more) {
		Map<String, Object> payload = new HashMap<>(
				(Map<String, Object>) Events.one("e", "ORDER_IMPORTED").get("payload"));
		Map<String, Object> order = new HashMap<>((Map<String, Object>) payload.get("order"));
		Map<String, Object> shipping = new HashMap<>((Map<String, Object>) order.get("shipping"));
		shipping.put("country", country);
		order.put("number", number);
		order.put("total", total);
		order.put("shipping", shipping);
		order.putAll(more);
		payload.put("order", order);
		payload.put("b2bUser", Map.of("name", "Bea", "email", "buyer@" + this.domain));
		return payload;
	}

	private static Map<String, Object> withoutBuyer(Map<String, Object> payload) {
		Map<String, Object> without = new HashMap<>(payload);
		without.remove("b2bUser");
		return without;
	}

	private void publish(List<Map<String, Object>> payloads) {
		List<Map<String, Object>> events = payloads.stream()
			.map((payload) -> Events.one("event-" + UUID.randomUUID(), "ORDER_IMPORTED", payload))
			.toList();
		ClientGraphQlResponse answer = this.platform.publish(this.name, events).block(BelfryClient.TIMEOUT);
		assertThat(answer.field("publishEvents.results").toEntityList(Map.class))
			.allSatisfy((result) -> assertThat(result.get("status")).as(result.toString()).isEqualTo("RECORDED"));
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

	/** Another node has the account, and does nothing. */
	private void pauseNotifier() {
		change("""
				insert into notifier as n (account_id, leased_by, leased_until) values ($1, 'other', 'infinity')
				on conflict (account_id) do update set leased_until = 'infinity' returning account_id""");
	}

	private void resumeNotifier() {
		change("update notifier set leased_until = null where account_id = $1 returning account_id");
	}

	private void change(String sql) {
		this.database.one(this.account, Query.number(sql)).block(BelfryClient.TIMEOUT);
	}

	/** The account's mails, in the order in which they came, once there are so many. */
	private List<MimeMessage> await(int number) {
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> mails().size() >= number);
		assertThat(mails()).hasSize(number);
		return mails();
	}

	private List<MimeMessage> mails() {
		List<MimeMessage> mails = new ArrayList<>();
		for (MimeMessage mail : MAIL.getReceivedMessages()) {
			if (recipient(mail).endsWith("@" + this.domain)) {
				mails.add(mail);
			}
		}
		return mails;
	}

	private static List<String> recipients(List<MimeMessage> mails) {
		return mails.stream().map((mail) -> recipient(mail).substring(0, recipient(mail).indexOf('@'))).toList();
	}

	private static String recipient(MimeMessage mail) {
		try {
			return mail.getAllRecipients()[0].toString();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String part(MimeMessage mail, int number) throws Exception {
		return (String) ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent();
	}

	private static String subject(MimeMessage mail) {
		try {
			return mail.getSubject();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
