package dev.belfry.notifier.matching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Header;
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

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events, words and names that are made to break something, up to the e-mails that arrive
 * over real SMTP.
 */
@BelfryTest
class HostileEventTests {

	private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());

	private static final String SCRIPT = "<script>alert(1)</script>";

	private static final String LINK = "<a href=\"javascript:alert(1)\" onmouseover='x'>\"><img src=x onerror=alert(1)>";

	private static final String BCC = "a\r\nBcc: x@y.example\r\n\r\n<b>";

	/** The first is harmless. */
	private static final List<String> TEXTS = List.of("harmless", SCRIPT, LINK, BCC, "\r\n.\r\nQUIT\r\n",
			"\u202egpj.exe", "\u2028\u0085\u000b\u0007", "{{order.total}}", "{{{order.total}}}", "{{constructor}}",
			"${7*7} #{7*7} %s%n %%", "T(java.lang.Runtime)", "&lt;script&gt;&amp;", "javascript:alert(1)",
			"=?utf-8?q?=0d=0aBcc:x@y.example?=", "--=_belfry--",
			"\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "1e400000", "-0.0", "a".repeat(2_000),
			"x\u0301".repeat(900));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String name = "hostile-" + UUID.randomUUID();

	/** Nobody else's mail. */
	private final String domain = this.name + ".example";

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
		this.accounts.create(this.name);
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.name));
		this.platform = new BelfryClient(this.port, TestTokens.platform());
		this.platform.run("upsertUsers", Map.of("input", Map.of("account", this.name, "users", List
			.of(Map.of("externalId", "owner", "name", BCC.strip(), "role", "OWNER", "email", "olga@" + this.domain)))));
	}

	@Test
	void writesWhatAnEventHoldsAsItIs() throws Exception {
		Map<String, Object> draft = Map.of("eventType", "ORDER_IMPORTED", "template", template(
				"{{order.number}} {{order.note}}", "{{order.note}}|{{#order.lines}}{{title}}|{{/order.lines}}"));
		for (int i = 0; i < TEXTS.size(); i++) {
			Map<String, Object> order = order(Map.of("number", "A-" + i, "note", TEXTS.get(i), "lines",
					List.of(Map.of("sku", "A", "title", TEXTS.get(i), "quantity", 1, "price", 1))));

			mutate("sendTestAlert", Map.of("alert", Map.of("draft", draft), "event", Map.of("payload", order)));
		}

		List<MimeMessage> mails = await(TEXTS.size());
		MimeMessage harmless = of("A-0 ", mails);
		for (int i = 0; i < TEXTS.size(); i++) {
			MimeMessage mail = of("A-" + i + " ", mails);
			assertSound(mail, harmless);
			assertThat(flat(mail)).as(TEXTS.get(i)).contains(seen(TEXTS.get(i)));
		}
	}

	@Test
	void writesNamesAndWordsAsTheyAre() throws Exception {
		String harmless = save("Harmless", null, "Harmless", "x", email("ann"));
		String scripted = save(SCRIPT + LINK, null, SCRIPT + LINK, SCRIPT + "\n.\n\n" + LINK, email("ann"));
		for (String alert : List.of(harmless, scripted)) {
			mutate("sendTestAlert", Map.of("alert", Map.of("id", alert)));
		}

		List<MimeMessage> mails = await(2);
		MimeMessage mail = of(SCRIPT, mails);
		assertSound(mail, of("Harmless", mails));
		assertThat(mail.getSubject()).isEqualTo("[Test] " + SCRIPT + LINK);
		assertThat(flat(mail)).contains(SCRIPT, LINK);
		assertThat(part(mail, 1)).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
	}

	/** All that fails is noted, and the rest is told of, in one e-mail and a digest. */
	@Test
	void letsNoAlertDisturbAnother() throws Exception {
		save("Divides", Map.of("cel", "1 / order.itemCount > 0"), "x", "x", email("never"));
		save("Nests", Map.of("cel", "order.lines.exists(a, order.lines.exists(b, a.title == b.title + '!'))"), "x", "x",
				email("never"));
		save("Repeats", Map.of("cel", "(order.note + order.note + order.note).contains('b')"), "x", "x",
				email("never"));
		save("Writes", null, "x", "{{#order.lines}}{{title}}{{/order.lines}}".repeat(4), email("never"));
		save("Lonely", null, "x", "x", Map.of("persona", "B2B_USER"));
		save(SCRIPT, test("order.note", "MATCHES", "(a+)+$"), "{{order.number}} {{b2bUser.name}}",
				"{{b2bUser.name}} {{b2bUser.email}}", email("ann"));
		List<Map<String, Object>> orders = IntStream.range(0, 5)
			.mapToObj((i) -> order(Map.of("number", "A-" + i, "itemCount", 0, "note", "a".repeat(2_000), "lines",
					Collections.nCopies(200, Map.of("sku", "A", "title", "t".repeat(200), "quantity", 1, "price", 1)))))
			.toList();

		publish(orders);

		List<MimeMessage> mails = await(2);
		MimeMessage first = of("A-0 ", mails);
		MimeMessage digest = of(SCRIPT, mails);
		for (MimeMessage mail : mails) {
			assertSound(mail, first);
			assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ann@" + this.domain);
		}
		assertThat(first.getSubject()).isEqualTo("A-0 a Bcc: x@y.example <b>");
		assertThat(digest.getSubject()).isEqualTo("4 \u00d7 " + SCRIPT);
		assertThat(part(digest, 0)).contains("A-1 a Bcc: x@y.example <b>", "A-4");
		assertThat(verdicts()).containsExactlyInAnyOrder("Divides FAILED", "Nests FAILED", "Repeats FAILED",
				"Writes FAILED", "Lonely NOBODY_TO_TELL", SCRIPT + " NOTIFIED");
	}

	/** It has the headers and parts of a good one, and its markup is Belfry's own. */
	private static void assertSound(MimeMessage mail, MimeMessage good) throws Exception {
		assertThat(headers(mail)).isEqualTo(headers(good));
		assertThat(mail.getSubject()).matches("[^\\p{Cntrl}\\u0085\\u2028\\u202e]+");
		assertThat(((MimeMultipart) mail.getContent()).getCount()).isEqualTo(2);
		assertThat(part(mail, 1)).endsWith("</html>\r\n")
			.doesNotContainPattern("(?i)<(script|img|b>|a [^>]*javascript)|<[^>]* on[a-z]+=")
			.doesNotContain("\u202e");
	}

	/** How the lines of a text begin in an e-mail. */
	private static List<String> seen(String text) {
		return text.lines()
			.map((line) -> line.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u202e]+", " ").strip())
			.map((line) -> line.substring(0, Math.min(line.length(), 60)))
			.toList();
	}

	private static List<String> headers(MimeMessage mail) throws MessagingException {
		return Collections.list(mail.getAllHeaders()).stream().map(Header::getName).toList();
	}

	private static String part(MimeMessage mail, int number) throws Exception {
		return (String) ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent();
	}

	/** The plain part without the line breaks that long lines are given. */
	private static String flat(MimeMessage mail) throws Exception {
		return part(mail, 0).replaceAll("\\s+", " ");
	}

	private String save(String name, Map<String, Object> condition, String subject, String body,
			Map<String, Object> recipient) {
		Map<String, Object> input = new HashMap<>(Map.of("name", name, "eventType", "ORDER_IMPORTED", "enabled", true,
				"template", template(subject, body), "recipients", List.of(recipient)));
		input.put("condition", condition);
		return (String) ((Map<?, ?>) mutate("createAlert", input).get("alert")).get("id");
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

	private static Map<String, Object> template(String subject, String body) {
		return Map.of("subject", subject, "body", body);
	}

	private Map<String, Object> email(String name) {
		return Map.of("email", name + "@" + this.domain);
	}

	/** The sample of the catalogue, with a buyer who is not to be told. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> order(Map<String, Object> fields) {
		Map<String, Object> payload = new HashMap<>(EventTypes.named("ORDER_IMPORTED").sample());
		Map<String, Object> order = new HashMap<>((Map<String, Object>) payload.get("order"));
		order.putAll(fields);
		payload.put("order", order);
		payload.put("b2bUser", Map.of("name", BCC, "email", "a@b.example\r\nBcc: x@y.example"));
		return payload;
	}

	private void publish(List<Map<String, Object>> payloads) {
		List<Map<String, Object>> events = payloads.stream()
			.map((payload) -> Events.one("event-" + UUID.randomUUID(), "ORDER_IMPORTED", payload))
			.toList();
		ClientGraphQlResponse answer = this.platform.publish(this.name, events).block(BelfryClient.TIMEOUT);
		assertThat(answer.field("publishEvents.results").toEntityList(Map.class))
			.allSatisfy((result) -> assertThat(result.get("status")).as(result.toString()).isEqualTo("RECORDED"));
	}

	/** What was decided about the newest event. */
	private List<String> verdicts() {
		String event = this.owner.ask("{ platformEvents { nodes { id } } }")
			.field("platformEvents.nodes[0].id")
			.toEntity(String.class);
		ClientGraphQlResponse answer = this.owner
			.ask("query why($id: ID!) { whyNotified(id: $id) { alerts { name verdict } } }", Map.of("id", event));
		return answer.field("whyNotified.alerts")
			.toEntityList(Map.class)
			.stream()
			.map((alert) -> alert.get("name") + " " + alert.get("verdict"))
			.toList();
	}

	private static MimeMessage of(String subject, List<MimeMessage> mails) {
		return mails.stream().filter((mail) -> subject(mail).contains(subject)).findFirst().orElseThrow();
	}

	private static String subject(MimeMessage mail) {
		try {
			return mail.getSubject() + " ";
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The account's mails, once there are so many. */
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

	private static String recipient(MimeMessage mail) {
		try {
			return mail.getAllRecipients()[0].toString();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
