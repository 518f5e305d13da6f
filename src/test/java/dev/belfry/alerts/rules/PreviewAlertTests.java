package dev.belfry.alerts.rules;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.alerts.rules.AlertForm.Problem;
import dev.belfry.alerts.rules.AlertForm.Shown;
import dev.belfry.alerts.rules.AlertForm.Told;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.Ids;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static dev.belfry.alerts.rules.AlertForm.ABROAD;
import static dev.belfry.alerts.rules.AlertForm.input;
import static dev.belfry.alerts.rules.AlertForm.template;
import static dev.belfry.alerts.rules.AlertForm.test;
import static org.assertj.core.api.Assertions.assertThat;

/** What an alert would do with an event, before anybody is told. */
@BelfryTest
class PreviewAlertTests {

	private static final Map<String, Object> DEAR = test("order.total", "GREATER", 500);

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private Ids ids;

	@Autowired
	private TestMail mail;

	private final String name = "preview-" + UUID.randomUUID();

	private AccountId account;

	private AlertForm form;

	private BelfryClient platform;

	@BeforeEach
	void openForm() {
		this.account = this.accounts.create(this.name);
		this.form = new AlertForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
		this.platform = new BelfryClient(this.port, TestTokens.platform());
	}

	@Test
	void tellsOfEachTestOfADraftWhetherItIsTrueAndWhatItSawInTheSample() {
		Preview preview = preview(draft("condition", Map.of("all", List.of(ABROAD, DEAR)), "template",
				template("Order {{order.number}}", "{{order.total}} to {{order.shipping.country}}")));

		assertThat(preview.userErrors()).isEmpty();
		assertThat(preview.matches()).isFalse();
		assertThat(preview.failure()).isNull();
		assertThat(preview.explanation()).extracting(Part::depth).containsExactly(0, 1, 1);
		assertThat(preview.explanation()).extracting(Part::matched).containsExactly(false, true, false);
		assertThat(preview.explanation().get(1)).extracting(Part::words, Part::seen)
			.containsExactly("Shipping country is not \"US\"", "FR");
		assertThat(preview.explanation().get(2).seen()).hasToString("198.4");
		assertThat(preview.mail().subject()).isEqualTo("Order NW-10482");
		assertThat(preview.mail().text()).startsWith("$198.40 to FR\r\n")
			.contains("You get this because this alert is switched on for");
		assertThat(preview.mail().html()).contains("$198.40 to FR");
	}

	@Test
	void explainsNothingOfAnAlertAboutEveryEvent() {
		Preview preview = preview(draft());

		assertThat(preview.matches()).isTrue();
		assertThat(preview.explanation()).isEmpty();
		assertThat(preview.mail().subject()).isEqualTo("Order Imported: NW-10482");
	}

	@Test
	void showsASavedAlertAsItIsNowAlsoIfItIsOff() {
		Shown made = this.form.make("Abroad", "condition", ABROAD, "template", template("First", "x"));
		this.form.update(made, "enabled", false, "template", template("Second", "x")).saved();

		Preview preview = preview(Map.of("alert", Map.of("id", made.id())));

		assertThat(preview.matches()).isTrue();
		assertThat(preview.mail().subject()).isEqualTo("Second");
		assertThat(preview.mail().text()).contains("You get this because Abroad is switched on for");
	}

	@Test
	void looksAtAnEventThatWasLogged() {
		this.platform.publish(this.name, List.of(Events.one("event-1"))).block(BelfryClient.TIMEOUT);
		String event = first("platformEvents");

		Preview preview = preview(draft("condition", DEAR), Map.of("id", event));

		assertThat(preview.userErrors()).isEmpty();
		assertThat(preview.explanation()).singleElement()
			.satisfies((part) -> assertThat(part.seen()).hasToString("198.4"));
	}

	@Test
	void looksAtAJobAsAnEvent() {
		this.platform.record(this.name, List.of(Completions.one("run-1", "FAILED"))).block(BelfryClient.TIMEOUT);
		Map<String, Object> alert = draft("eventType", "JOB_COMPLETED", "condition",
				test("job.outcome", "EQUALS", "FAILED"), "template",
				template("{{job.operationName}} failed at {{job.integration.name}}", "x"));

		Preview preview = preview(alert, Map.of("id", first("jobNotifications")));

		assertThat(preview.matches()).isTrue();
		assertThat(preview.mail().subject()).isEqualTo("Get Orders failed at Main shop");
	}

	@Test
	void looksAtAPayloadThatIsMadeUp() {
		Preview preview = preview(draft("condition", DEAR), payload("total", new BigDecimal("500.10")));

		assertThat(preview.userErrors()).isEmpty();
		assertThat(preview.matches()).isTrue();
		assertThat(preview.explanation().get(0).seen()).hasToString("500.1");
	}

	@Test
	void tellsWhatIsWrongWithAPayload() {
		assertThat(preview(draft(), payload("total", "much")).errors())
			.containsExactly("INVALID event.payload.order.total");
		assertThat(preview(draft(), Map.of("payload", "none")).errors()).containsExactly("INVALID event.payload");
		assertThat(preview(draft(), payload("lines", Collections.nCopies(40, line("t".repeat(2_000))))).errors())
			.containsExactly("TOO_LONG event.payload");
		assertThat(preview(draft("eventType", "JOB_COMPLETED"), Map.of("payload", Map.of())).errors())
			.contains("REQUIRED event.payload.job.runId");
	}

	@Test
	void tellsAllErrorsOfADraftByTheirPaths() {
		Preview preview = preview(draft("condition", test("order.totl", "GREATER", 5), "template",
				template("Hi {{order.nmber}}", "x"), "recipients",
				List.of(Map.of("email", "nobody"), Map.of("persona", "SOURCE_CONTACT"), Map.of("listId", "x"))));

		assertThat(preview.errors()).containsExactlyInAnyOrder("INVALID alert.draft.condition.test.field",
				"INVALID alert.draft.template.subject", "INVALID alert.draft.recipients.0.email",
				"NOT_FOUND alert.draft.recipients.1.persona", "NOT_FOUND alert.draft.recipients.2.listId");
		assertThat(preview.matches()).isNull();
		assertThat(preview.mail()).isNull();
		assertThat(preview(draft("eventType", "ORDER_IMPORTD")).errors())
			.containsExactly("NOT_FOUND alert.draft.eventType");
	}

	@Test
	void findsNeitherAlertsNorEventsThatTheAccountHasNot() {
		String alert = this.ids.encode(Ids.Kind.ALERT, this.account, 1_000_000);
		String event = this.ids.encode(Ids.Kind.PLATFORM_EVENT, this.account, 1_000_000);

		assertThat(preview(Map.of("alert", Map.of("id", alert))).errors()).containsExactly("NOT_FOUND alert.id");
		assertThat(preview(draft(), Map.of("id", event)).errors()).containsExactly("NOT_FOUND event.id");
	}

	/** As a version of Belfry can leave it that knew another type. */
	@Test
	void refusesAnAlertThatCannotBeHeldAgainstEvents() {
		Shown made = this.form.make("Old");
		this.database
			.one(this.account,
					Query.number(
							"update alert_version set event_type = 'GONE' where account_id = $1 returning alert_id"))
			.block(BelfryClient.TIMEOUT);

		Preview preview = preview(Map.of("alert", Map.of("id", made.id())));

		assertThat(preview.errors()).containsExactly("NOT_POSSIBLE alert.id");
	}

	@Test
	void refusesAnEventOfAnotherType() {
		this.platform.record(this.name, List.of(Completions.one())).block(BelfryClient.TIMEOUT);

		Preview preview = preview(draft(), Map.of("id", first("jobNotifications")));

		assertThat(preview.userErrors()).singleElement()
			.extracting(Problem::message)
			.isEqualTo("This is an event of the type \"Job Completed\"; the alert is about \"Order Imported\".");
	}

	@Test
	void saysWhoWouldBeToldAndWhoCannotBe() {
		String list = this.form.createList("On call", "ann@shop.example", "cid@shop.example").saved().id();

		Preview preview = preview(draft("recipients", List.of(Map.of("email", "Ann@shop.example"),
				Map.of("listId", list), Map.of("persona", "B2B_USER"), Map.of("special", "DEFAULT_EMAIL"))));

		assertThat(preview.recipients()).extracting(Address::address)
			.containsExactly("Ann@shop.example", "cid@shop.example", "sam.ortiz@greenhouse.example");
		assertThat(preview.recipients().get(0).recipients()).extracting(Told::label)
			.containsExactly("Ann@shop.example", "On call");
		assertThat(preview.unresolved()).singleElement()
			.satisfies((untold) -> assertThat(untold.recipient().kind()).isEqualTo("DEFAULT_EMAIL"))
			.extracting(Untold::reason)
			.isEqualTo("The account has no default e-mail.");
	}

	@Test
	void saysWhoGetsNoEmailsOfIt() {
		this.mail.suppress(this.account, "ben@shop.example", null);
		this.mail.suppress(this.account, "cid@shop.example", Topic.global("JOB_FAILED"));

		Preview preview = preview(draft("recipients", List.of(Map.of("email", "ann@shop.example"),
				Map.of("email", "Ben@SHOP.example"), Map.of("email", "cid@shop.example"))));

		assertThat(preview.recipients()).extracting(Address::suppressed).containsExactly(false, true, false);
	}

	@Test
	void saysWhyItCannotBeToldWhetherItMatches() {
		Preview preview = preview(draft("condition", Map.of("cel", "1 / order.itemCount > 0")),
				payload("itemCount", 0));

		assertThat(preview.matches()).isNull();
		assertThat(preview.failure()).isNotBlank();
		assertThat(preview.explanation()).singleElement().extracting(Part::failure).isEqualTo(preview.failure());
		assertThat(preview.mail().subject()).isEqualTo("Order Imported: NW-10482");
	}

	private static Map<String, Object> draft(Object... fields) {
		Map<String, Object> draft = input("eventType", "ORDER_IMPORTED");
		draft.putAll(input(fields));
		return Map.of("alert", Map.of("draft", draft));
	}

	/** The sample of an order, but for one field. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> payload(String field, Object value) {
		Map<String, Object> payload = new HashMap<>(EventTypes.named("ORDER_IMPORTED").sample());
		Map<String, Object> order = new HashMap<>((Map<String, Object>) payload.get("order"));
		order.put(field, value);
		payload.put("order", order);
		return Map.of("payload", payload);
	}

	private static Map<String, Object> line(String title) {
		return Map.of("sku", "A-1", "title", title, "quantity", 1, "price", 1);
	}

	private String first(String list) {
		return this.form.client()
			.ask("{ " + list + " { nodes { id } } }")
			.field(list + ".nodes[0].id")
			.toEntity(String.class);
	}

	private Preview preview(Map<String, Object> alert, Map<String, Object> event) {
		return preview(Map.of("alert", alert.get("alert"), "event", event));
	}

	private Preview preview(Map<String, Object> input) {
		return this.form.answer("previewAlert", Map.of("input", input)).field("previewAlert").toEntity(Preview.class);
	}

	record Preview(Boolean matches, String failure, List<Part> explanation, List<Address> recipients,
			List<Untold> unresolved, Letter mail, List<Problem> userErrors) {

		List<String> errors() {
			return Problem.told(this.userErrors);
		}

	}

	record Part(int depth, String words, Boolean matched, String failure, Object seen) {
	}

	record Address(String address, boolean suppressed, List<Told> recipients) {
	}

	record Untold(Told recipient, String reason) {
	}

	record Letter(String subject, String text, String html) {
	}

}
