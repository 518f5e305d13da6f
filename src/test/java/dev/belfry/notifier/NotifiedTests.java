package dev.belfry.notifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
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

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.log.Retention;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** From what happens to the e-mail that arrives, over real SMTP. */
@BelfryTest
class NotifiedTests {

	private static final String MISMATCH = "SOURCE_INVOICE_COST_OF_GOODS_MISMATCH";

	private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private Retention retention;

	private final String name = "shop-" + UUID.randomUUID();

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
	}

	@Test
	void tellsEachOverrideAddressOfAMismatchOnce() throws MessagingException {
		update(List.of(toggle(MISMATCH, true, "ann", "ben"), toggle("NEW_RESELLER_SIGNUP", true, "marker")));

		publish(MISMATCH);
		publish("RESELLER_SIGNED_UP");

		List<MimeMessage> mails = await(3);
		assertThat(addresses(mails)).containsExactlyInAnyOrder("ann", "ben", "marker");
		for (MimeMessage mail : mails.subList(0, 3)) {
			if (!address(mail).equals("marker")) {
				assertThat(mail.getSubject()).isEqualTo("Invoice INV-55811 of Alpine Supply differs by $14.35");
				assertThat(GreenMailUtil.getBody(mail)).contains("$110.40", "$124.75", "AS-2207", "Enamel Camping Mug");
			}
		}
		assertThat(mails.stream().map(NotifiedTests::messageId)).doesNotHaveDuplicates();
	}

	@Test
	void tellsNobodyOfWhatIsSwitchedOff() {
		update(List.of(toggle(MISMATCH, false, "ann"), toggle("NEW_RESELLER_SIGNUP", true, "marker")));

		publish(MISMATCH);
		publish("RESELLER_SIGNED_UP");

		assertThat(addresses(await(1))).containsExactly("marker");
		awaitStates("SENT");
	}

	@Test
	void tellsTheDefaultAddressOfAJobThatFailed() throws MessagingException {
		update("owner@" + this.domain, List.of(toggle("JOB_FAILED", true)));

		this.platform
			.record(this.name, List.of(Completions.one("run-1", "SUCCEEDED"), Completions.one("run-2", "FAILED")))
			.block(BelfryClient.TIMEOUT);

		List<MimeMessage> mails = await(1);
		assertThat(addresses(mails)).containsExactly("owner");
		assertThat(mails.get(0).getSubject()).isEqualTo("Get Orders failed: Main shop");
	}

	@Test
	void foldsWhatFollowsInTheWindowIntoOneEmail() throws MessagingException {
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", true, "ann")));
		publish("PRICE_UPDATED");
		await(1);

		this.platform
			.publish(this.name, List.of(event("PRICE_UPDATED"), event("PRICE_UPDATED"), event("PRICE_UPDATED")))
			.block(BelfryClient.TIMEOUT);

		List<MimeMessage> mails = await(2);
		assertThat(mails.get(1).getSubject()).isEqualTo("3 prices changed");
		List<Map<String, Object>> told = newestEvents(4).stream().map(this::emailOf).toList();
		assertThat(told.subList(0, 3)).extracting((email) -> email.get("entries")).containsOnly(3);
		assertThat(told.subList(0, 3)).extracting((email) -> email.get("id")).containsOnly(told.get(0).get("id"));
		assertThat(told.get(3).get("entries")).isEqualTo(1);
	}

	@Test
	void appliesTheSettingsThatWereInForceWhenItHappened() {
		update(List.of(toggle("ORDER_ON_HOLD", false, "late"), toggle("PRODUCT_PRICE_CHANGED", true, "early")));
		pauseNotifier();
		publish("ORDER_HELD");
		publish("PRICE_UPDATED");
		update(List.of(toggle("ORDER_ON_HOLD", true, "late"), toggle("PRODUCT_PRICE_CHANGED", true, "later"),
				toggle("NEW_RESELLER_SIGNUP", true, "marker")));
		publish("RESELLER_SIGNED_UP");
		resumeNotifier();

		assertThat(addresses(await(2))).containsExactlyInAnyOrder("early", "marker");
	}

	@Test
	void cancelsWhatIsSwitchedOffBeforeItIsSent() {
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", true, "ann"), toggle("NEW_RESELLER_SIGNUP", true, "marker")));
		pauseNotifier();
		publish("PRICE_UPDATED");
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", false)));
		publish("RESELLER_SIGNED_UP");
		resumeNotifier();

		assertThat(addresses(await(1))).containsExactly("marker");
		awaitStates("CANCELLED", "SENT");
	}

	@Test
	void saysWhyItToldAndWhyNot() {
		update(List.of(toggle("JOB_FAILED", true, "ann")));
		this.platform
			.record(this.name, List.of(Completions.one("run-1", "SUCCEEDED"), Completions.one("run-2", "FAILED")))
			.block(BelfryClient.TIMEOUT);
		await(1);

		List<String> jobs = each("{ jobNotifications { nodes { id } } }", "jobNotifications", "id");
		Map<String, String> failed = verdicts(jobs.get(0));
		Map<String, String> succeeded = verdicts(jobs.get(1));

		assertThat(failed).containsEntry("JOB_FAILED", "NOTIFIED")
			.containsEntry("JOB_COMPLETED_WITH_ERRORS", "SWITCHED_OFF");
		assertThat(succeeded).containsEntry("JOB_FAILED", "NOT_CONCERNED")
			.containsEntry("INVENTORY_IMPORT_COMPLETED", "SWITCHED_OFF");
	}

	@Test
	void forgetsAnErasedAddressInWhatItWasToldToo() {
		update(List.of(toggle("PRODUCT_PRICE_CHANGED", true, "ann")));
		publish("PRICE_UPDATED");
		await(1);

		this.owner.run("eraseAddress", Map.of("input", Map.of("address", "Ann@" + this.domain)));

		assertThat(considered(newestEvents(1).get(0)).toString()).contains("erased").doesNotContain("ann@");
		assertThat(
				this.database
					.all(this.account,
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
		await(1);
		change("update platform_event set recorded_at = now() - interval '500 days' where account_id = $1 returning 1");
		publish("PRICE_UPDATED");

		this.retention.remove().block(BelfryClient.TIMEOUT);

		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.untilAsserted(() -> assertThat(this.database
				.all(this.account, Query.number("select position from notification_outcome where account_id = $1"))
				.collectList()
				.block(BelfryClient.TIMEOUT)).containsExactly(2L));
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
		List<String> emails = Arrays.stream(names).map((local) -> local + "@" + this.domain).toList();
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
		ClientGraphQlResponse answer = this.platform.publish(this.name, List.of(event(type)))
			.block(BelfryClient.TIMEOUT);
		assertThat(answer.field("publishEvents.results[0].status").toEntity(String.class)).isEqualTo("RECORDED");
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
		List<MimeMessage> mails = mails();
		assertThat(mails).hasSize(number);
		return mails;
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

	private static List<String> addresses(List<MimeMessage> mails) {
		return mails.stream().map(NotifiedTests::address).toList();
	}

	private static String address(MimeMessage mail) {
		return recipient(mail).substring(0, recipient(mail).indexOf('@'));
	}

	private static String recipient(MimeMessage mail) {
		try {
			return mail.getAllRecipients()[0].toString();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String messageId(MimeMessage mail) {
		try {
			return mail.getMessageID();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
