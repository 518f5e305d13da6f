package dev.belfry.notifier.matching;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.belfry.catalog.types.Topic;
import dev.belfry.log.retention.Retention;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.ReceivedMail;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;

import static org.assertj.core.api.Assertions.assertThat;

/** From what happens to the e-mail that arrives, over real SMTP. */
@BelfryTest
class NotifiedTests {

	private static final String MISMATCH = "SOURCE_INVOICE_COST_OF_GOODS_MISMATCH";

	private static final Query<Long> AGE_EVENTS = Query.number("""
			update platform_event set recorded_at = now() - interval '500 days' where account_id = $1 returning 1""");

	private static final MailRelay RELAY = new MailRelay();

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private Retention retention;

	@Autowired
	private TestMail mail;

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

	@Test
	void tellsEachOverrideAddressOfAMismatchOnce() {
		update(List.of(toggle(MISMATCH, true, "ann", "ben"), toggle("NEW_RESELLER_SIGNUP", true, "marker")));

		publish(MISMATCH);
		publish("RESELLER_SIGNED_UP");

		List<ReceivedMail> mails = this.shop.await(3);
		assertThat(names(mails)).containsExactlyInAnyOrder("ann", "ben", "marker");
		for (ReceivedMail mail : mails.subList(0, 3)) {
			if (!mail.name().equals("marker")) {
				assertThat(mail.subject()).isEqualTo("Invoice INV-55811 of Alpine Supply differs by $14.35");
				assertThat(mail.text()).contains("$110.40", "$124.75", "AS-2207", "Enamel Camping Mug");
			}
		}
		assertThat(mails.stream().map(ReceivedMail::messageId)).doesNotHaveDuplicates();
	}

	@Test
	void tellsNobodyOfWhatIsSwitchedOff() {
		update(List.of(toggle(MISMATCH, false, "ann"), toggle("NEW_RESELLER_SIGNUP", true, "marker")));

		publish(MISMATCH);
		publish("RESELLER_SIGNED_UP");

		assertThat(names(this.shop.await(1))).containsExactly("marker");
		awaitStates("SENT");
	}

	@Test
	void tellsTheDefaultAddressOfAJobThatFailed() {
		update(this.shop.address("owner"), List.of(toggle("JOB_FAILED", true)));

		this.shop.platform()
			.record(this.shop.name(),
					List.of(Completions.one("run-1", "SUCCEEDED"), Completions.one("run-2", "FAILED")))
			.block(BelfryClient.TIMEOUT);

		List<ReceivedMail> mails = this.shop.await(1);
		assertThat(names(mails)).containsExactly("owner");
		assertThat(mails.get(0).subject()).isEqualTo("Get Orders failed: Main shop");
	}

	@Test
	void foldsWhatFollowsInTheWindowIntoOneEmail() {
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", true, "ann")));
		publish("PRICE_UPDATED");
		this.shop.await(1);

		this.shop.publish(List.of(event("PRICE_UPDATED"), event("PRICE_UPDATED"), event("PRICE_UPDATED")));

		List<ReceivedMail> mails = this.shop.await(2);
		assertThat(mails.get(1).subject()).isEqualTo("3 prices changed");
		List<Map<String, Object>> told = newestEvents(4).stream().map(this::emailOf).toList();
		assertThat(told.subList(0, 3)).extracting((email) -> email.get("entries")).containsOnly(3);
		assertThat(told.subList(0, 3)).extracting((email) -> email.get("id")).containsOnly(told.get(0).get("id"));
		assertThat(told.get(3).get("entries")).isEqualTo(1);
	}

	@Test
	void appliesTheSettingsThatWereInForceWhenItHappened() {
		update(List.of(toggle("ORDER_ON_HOLD", false, "late"), toggle("PRODUCT_PRICE_CHANGED", true, "early")));
		other().takeTurn();
		publish("ORDER_HELD");
		publish("PRICE_UPDATED");
		update(List.of(toggle("ORDER_ON_HOLD", true, "late"), toggle("PRODUCT_PRICE_CHANGED", true, "later"),
				toggle("NEW_RESELLER_SIGNUP", true, "marker")));
		publish("RESELLER_SIGNED_UP");
		other().giveTurnBack();

		assertThat(names(this.shop.await(2))).containsExactlyInAnyOrder("early", "marker");
	}

	@Test
	void cancelsWhatIsSwitchedOffBeforeItIsSent() {
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", true, "ann"), toggle("NEW_RESELLER_SIGNUP", true, "marker")));
		other().takeTurn();
		publish("PRICE_UPDATED");
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", false)));
		publish("RESELLER_SIGNED_UP");
		other().giveTurnBack();

		assertThat(names(this.shop.await(1))).containsExactly("marker");
		awaitStates("CANCELLED", "SENT");
	}

	@Test
	void saysWhyItToldAndWhyNot() {
		update(List.of(toggle("JOB_FAILED", true, "ann")));
		this.shop.platform()
			.record(this.shop.name(),
					List.of(Completions.one("run-1", "SUCCEEDED"), Completions.one("run-2", "FAILED")))
			.block(BelfryClient.TIMEOUT);
		this.shop.await(1);

		List<String> jobs = each("{ jobNotifications { nodes { id } } }", "jobNotifications", "id");
		Map<String, String> failed = verdicts(jobs.get(0));
		Map<String, String> succeeded = verdicts(jobs.get(1));

		assertThat(failed).containsEntry("JOB_FAILED", "NOTIFIED")
			.containsEntry("JOB_COMPLETED_WITH_ERRORS", "SWITCHED_OFF");
		assertThat(succeeded).containsEntry("JOB_FAILED", "NOT_CONCERNED")
			.containsEntry("INVENTORY_IMPORT_COMPLETED", "SWITCHED_OFF");
	}

	/** Today all of them are NOTIFIED, and nothing is in trouble. */
	@Test
	void saysThatThereWasNobodyToTell() {
		update(this.shop.address("boss"), List.of(toggle("PRODUCT_PRICE_CHANGED", true),
				toggle("JOB_FAILED", true, "ann"), toggle("NEW_RESELLER_SIGNUP", true, "marker")));
		this.mail.suppress(this.shop.id(), this.shop.address("ann"), Topic.global("JOB_FAILED"));
		this.owner.run("eraseAddress", Map.of("input", Map.of("address", this.shop.address("boss"))));
		this.shop.platform()
			.record(this.shop.name(), List.of(Completions.one("run-1", "FAILED")))
			.block(BelfryClient.TIMEOUT);
		publish("PRICE_UPDATED");
		publish("RESELLER_SIGNED_UP");
		this.shop.await(1);
		awaitStates("SUPPRESSED", "SENT");

		assertThat(verdicts(newestEvents(2).get(1))).containsEntry("PRODUCT_PRICE_CHANGED", "NOBODY_TO_TELL");
		assertThat(verdicts(each("{ jobNotifications { nodes { id } } }", "jobNotifications", "id").get(0)))
			.containsEntry("JOB_FAILED", "NOBODY_TO_TELL");
		assertThat(troubles())
			.isEqualTo(Map.of("PRODUCT_PRICE_CHANGED", "NO_ADDRESS", "JOB_FAILED", "MAILS_SUPPRESSED"));
	}

	@Test
	void forgetsAnErasedAddressInWhatItWasToldToo() {
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", true, "ann")));
		publish("PRICE_UPDATED");
		this.shop.await(1);

		this.owner.run("eraseAddress", Map.of("input", Map.of("address", this.shop.address("Ann"))));

		assertThat(considered(newestEvents(1).get(0)).toString()).contains("erased").doesNotContain("ann@");
		assertThat(
				this.database
					.all(this.shop.id(),
							Query.of("""
									select address as address from notification_outcome where account_id = $1
									union all select address from noise_window where account_id = $1""",
									(row) -> row.get("address", String.class)))
					.collectList()
					.block(BelfryClient.TIMEOUT))
			.singleElement()
			.asString()
			.startsWith("erased ");
	}

	@Test
	void forgetsWhatCameOfAnEntryWithTheEntry() {
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", true, "ann")));
		publish("PRICE_UPDATED");
		this.shop.await(1);
		this.database.one(this.shop.id(), AGE_EVENTS).block(BelfryClient.TIMEOUT);
		publish("PRICE_UPDATED");

		this.retention.remove().block(BelfryClient.TIMEOUT);

		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.untilAsserted(() -> assertThat(this.database
				.all(this.shop.id(), Query.number("select position from notification_outcome where account_id = $1"))
				.collectList()
				.block(BelfryClient.TIMEOUT)).containsExactly(2L));
	}

	/** The kinds of trouble of those that are in some, by type. */
	@SuppressWarnings("rawtypes")
	private Map<String, String> troubles() {
		Map<String, String> troubles = new HashMap<>();
		this.owner.ask("{ notificationSettings { globalNotifications { type trouble { kind since message } } } }")
			.field("notificationSettings.globalNotifications")
			.toEntityList(Map.class)
			.stream()
			.filter((each) -> each.get("trouble") != null)
			.forEach((each) -> troubles.put((String) each.get("type"),
					(String) ((Map) each.get("trouble")).get("kind")));
		return troubles;
	}

	private Map<String, String> verdicts(String id) {
		Map<String, String> verdicts = new HashMap<>();
		considered(id).forEach((each) -> verdicts.put((String) each.get("type"), (String) each.get("verdict")));
		return verdicts;
	}

	/** The one e-mail that tells of an event. */
	@SuppressWarnings("unchecked")
	private Map<String, Object> emailOf(String event) {
		return considered(event).stream()
			.flatMap((each) -> ((List<Map<String, Object>>) each.get("emails")).stream())
			.map((email) -> (Map<String, Object>) email.get("delivery"))
			.reduce((one, other) -> {
				throw new AssertionError("Two e-mails tell of " + event);
			})
			.orElseThrow();
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private List<Map<String, Object>> considered(String id) {
		ClientGraphQlResponse answer = this.owner.run("whyNotified", Map.of("id", id));
		assertThat(answer.getErrors()).isEmpty();
		assertThat((Boolean) answer.field("whyNotified.evaluated").getValue()).isTrue();
		return (List<Map<String, Object>>) (List<?>) answer.field("whyNotified.considered").toEntityList(Map.class);
	}

	private List<String> newestEvents(int number) {
		return each("{ platformEvents(first: " + number + ") { nodes { id } } }", "platformEvents", "id");
	}

	/** An e-mail has come before that is recorded. */
	private void awaitStates(String... states) {
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.untilAsserted(() -> assertThat(each("{ deliveries { nodes { state } } }", "deliveries", "state"))
				.containsExactlyInAnyOrder(states));
	}

	/** A field of each node that a query answers. */
	private List<String> each(String query, String root, String field) {
		return this.owner.ask(query)
			.field(root + ".nodes")
			.toEntityList(new ParameterizedTypeReference<Map<String, String>>() {
			})
			.stream()
			.map((node) -> node.get(field))
			.toList();
	}

	private Map<String, Object> toggle(String type, boolean enabled, String... names) {
		List<String> emails = Arrays.stream(names).map(this.shop::address).toList();
		return emails.isEmpty() ? Map.of("type", type, "enabled", enabled)
				: Map.of("type", type, "enabled", enabled, "overrideEmails", emails);
	}

	private void update(List<Map<String, Object>> toggles) {
		update(null, toggles);
	}

	private void update(String defaultEmail, List<Map<String, Object>> toggles) {
		Map<String, Object> input = new HashMap<>();
		int current = this.owner.ask("{ notificationSettings { version } }")
			.field("notificationSettings.version")
			.toEntity(Integer.class);
		input.put("expectedVersion", current);
		input.put("globalNotifications", toggles);
		if (defaultEmail != null) {
			input.put("defaultEmail", defaultEmail);
		}
		ClientGraphQlResponse answer = this.owner.run("updateNotificationSettings", Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		assertThat(answer.field("updateNotificationSettings.userErrors").toEntityList(Map.class)).isEmpty();
	}

	private Map<String, Object> event(String type) {
		return Events.one("event-" + UUID.randomUUID(), type);
	}

	private void publish(String type) {
		this.shop.publish(List.of(event(type)));
	}

	private IdleNode other() {
		return new IdleNode(this.database, this.shop.id());
	}

	private static List<String> names(List<ReceivedMail> mails) {
		return mails.stream().map(ReceivedMail::name).toList();
	}

}
