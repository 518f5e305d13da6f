package dev.belfry.alerts.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.alerts.rules.AlertForm.Answer;
import dev.belfry.alerts.rules.AlertForm.Difference;
import dev.belfry.alerts.rules.AlertForm.Shown;
import dev.belfry.alerts.rules.AlertForm.Version;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.ids.Ids;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static dev.belfry.alerts.rules.AlertForm.ABROAD;
import static dev.belfry.alerts.rules.AlertForm.input;
import static dev.belfry.alerts.rules.AlertForm.template;
import static dev.belfry.alerts.rules.AlertForm.test;
import static org.assertj.core.api.Assertions.assertThat;

/** Alerts as an account makes, changes and finds them (promises 20 and 29). */
@BelfryTest
class AlertTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private Ids ids;

	private final String name = "alerts-" + UUID.randomUUID();

	private AccountId account;

	private AlertForm form;

	@BeforeEach
	void openForm() {
		this.account = this.accounts.create(this.name);
		this.form = new AlertForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
	}

	@Test
	void makesAnAlert() {
		String user = this.ids.encode(Ids.Kind.USER, this.account, this.accounts.createUser(this.account));
		String list = this.form.createList("On call", "cid@shop.example").saved().id();

		Shown made = this.form.make(" International Order Alert ", "condition", ABROAD, "template",
				template("Abroad: {{order.number}}", "{{order.total}} to {{order.shipping.country}}"), "recipients",
				List.of(Map.of("email", "Ann <ann@shop.example>"), Map.of("persona", "B2B_USER"),
						Map.of("persona", "ACCOUNT_OWNER"), Map.of("userId", user), Map.of("special", "DEFAULT_EMAIL"),
						Map.of("listId", list)));

		assertThat(made.name()).isEqualTo("International Order Alert");
		assertThat(made.eventTypeTitle()).isEqualTo("Order Imported");
		assertThat(made.enabled()).isTrue();
		assertThat(made.version()).isEqualTo(1);
		assertThat(made.conditionSource()).isEqualTo(ABROAD);
		assertThat(made.template())
			.isEqualTo(new TemplateText("Abroad: {{order.number}}", "{{order.total}} to {{order.shipping.country}}"));
		assertThat(made.recipients()).extracting(AlertForm.Told::kind)
			.containsExactly("EMAIL", "PERSONA", "PERSONA", "USER", "DEFAULT_EMAIL", "LIST");
		assertThat(made.labels()).contains("ann@shop.example", "B2B user who placed the order", "Account owner",
				"Default e-mail", "On call");
		assertThat(made.recipients().get(3).user().id()).isEqualTo(user);
		assertThat(made.recipients().get(5).list().id()).isEqualTo(list);
		assertThat(made.changedBy()).isEqualTo("owner");
		assertThat(made.changedAt()).isEqualTo(made.createdAt());
		assertThat(this.form.read(made.id())).isEqualTo(made);
	}

	@Test
	void isOffAndHasBelfrysWordsUnlessAskedOtherwise() {
		ClientGraphQlResponse answer = this.form.client()
			.ask("mutation { createAlert(input: {name: \"A\", eventType: \"JOB_COMPLETED\", recipients: []})"
					+ " { alert { enabled conditionSource template { subject body } } userErrors { code } } }");

		Map<?, ?> made = answer.field("createAlert.alert").toEntity(Map.class);
		assertThat(made.get("enabled")).isEqualTo(false);
		assertThat(made.get("conditionSource")).isNull();
		assertThat(made.get("template").toString()).contains("Job Completed: {{job.operationName}}")
			.contains("Outcome: {{job.outcome}}");
	}

	@Test
	void hasWordsForEveryTypeOfEvents() {
		new BelfryClient(this.port, TestTokens.platform()).record(this.name, Completions.of(1))
			.block(BelfryClient.TIMEOUT);
		for (var type : EventTypes.all()) {
			Object watch = type.equals(EventTypes.JOB_OVERDUE) ? this.form.watch("afterMinutes", 30) : null;
			assertThat(this.form.create("About " + type.key(), "eventType", type.key(), "watch", watch).errors())
				.as(type.key())
				.isEmpty();
		}
	}

	@Test
	void givesTheConditionBackAsItWasPutIn() {
		Map<String, Object> tree = Map.of("all",
				List.of(ABROAD, Map.of("any", List.of(test("order.total", "GREATER", 500.10), Map.of("not", ABROAD))),
						Map.of("anyItem",
								Map.of("field", "order.lines", "where", test("sku", "IN", List.of("A-1", "B-2")))),
						Map.of("test", Map.of("field", "order.note", "operator", "CONTAINS", "value", "Ring",
								"caseSensitive", true))));

		Shown made = this.form.make("Tree", "condition", tree);

		assertThat(made.conditionSource()).isEqualTo(tree);
		assertThat(this.form.update(made, "condition", made.conditionSource()).saved().version()).isEqualTo(1);
	}

	@Test
	void tellsAllErrorsAtOnceAndSavesNothing() {
		this.form.make("Taken");

		Answer answer = this.form.create("TAKEN", "eventType", "ORDER_IMPORTED", "condition",
				Map.of("all", List.of(test("order.totl", "GREATER", 5), test("order.total", "GREATER", "much"))),
				"template", template("Hi {{order.nmber}}", "{{#order.lines}}"), "recipients",
				List.of(Map.of("email", "nobody"), Map.of("persona", "SOURCE_CONTACT"), Map.of("userId", "x"),
						Map.of("listId", this.ids.encode(Ids.Kind.RECIPIENT_LIST, this.account, 1_000_000))));

		assertThat(answer.errors()).containsExactlyInAnyOrder("INVALID condition.all.0.test.field",
				"INVALID condition.all.1.test.value", "INVALID template.subject", "INVALID template.body",
				"INVALID recipients.0.email", "NOT_FOUND recipients.1.persona", "NOT_FOUND recipients.2.userId",
				"NOT_FOUND recipients.3.listId", "NOT_POSSIBLE name");
		assertThat(answer.alert()).isNull();
		assertThat(this.form.names(Map.of())).containsExactly("Taken");
	}

	@Test
	void refusesWhatIsNoAlert() {
		assertThat(this.form.create(" ").errors()).containsExactly("REQUIRED name");
		assertThat(this.form.create("n".repeat(121)).errors()).containsExactly("TOO_LONG name");
		assertThat(this.form.create("Two\nlines").errors()).containsExactly("INVALID name");
		assertThat(this.form.create("A\u0000").errors()).containsExactly("INVALID name");
		assertThat(this.form.create("A", "eventType", "ORDER_IMPORTD").messages())
			.containsExactly("There is no event type with this key. Did you mean ORDER_IMPORTED?");
		assertThat(this.form.create("", "recipients", List.of()).errors()).containsExactly("REQUIRED name",
				"REQUIRED recipients");
		assertThat(this.form.create("A", "recipients", Collections.nCopies(51, Map.of("email", "a@x.com"))).errors())
			.containsExactly("TOO_MANY recipients");
		assertThat(this.form.create("A", "condition", test("order.note", "EQUALS", "a\u0000b")).errors())
			.containsExactly("INVALID condition.test.value");
		assertThat(
				this.form.create("A", "condition", test("order.total", "EQUALS", new BigDecimal("1E200000"))).errors())
			.containsExactly("OUT_OF_RANGE condition.test.value");
		assertThat(this.form.names(Map.of())).isEmpty();
	}

	@Test
	void foldsRecipientsThatStandThereTwice() {
		Shown made = this.form.make("Twice", "recipients",
				List.of(Map.of("email", "ann@shop.example"), Map.of("persona", "B2B_USER"),
						Map.of("email", "Ann <ANN@shop.example>"), Map.of("persona", "B2B_USER")));

		assertThat(made.labels()).containsExactly("ann@shop.example", "B2B user who placed the order");
	}

	@Test
	void keepsWhatIsAbsentAndClearsWhatIsNull() {
		Shown made = this.form.make("Kept", "condition", ABROAD, "template", template("S", "B"));

		Shown renamed = this.form.update(made, "name", "Renamed").saved();
		Shown cleared = this.form.update(made, "condition", null, "template", null).saved();

		assertThat(renamed).usingRecursiveComparison().ignoringFields("name", "version", "changedAt").isEqualTo(made);
		assertThat(cleared.version()).isEqualTo(3);
		assertThat(cleared.conditionSource()).isNull();
		assertThat(cleared.template()).isEqualTo(TemplateText.of(EventTypes.named("ORDER_IMPORTED")));
		assertThat(
				this.form.update(made, "name", null, "eventType", null, "enabled", null, "recipients", null).errors())
			.containsExactlyInAnyOrder("REQUIRED name", "REQUIRED eventType", "REQUIRED enabled",
					"REQUIRED recipients");
	}

	@Test
	void holdsWhatIsKeptAgainstANewEventType() {
		Shown own = this.form.make("Own words", "condition", ABROAD, "template",
				template("{{order.number}}", "{{order.total}}"), "recipients", List.of(Map.of("persona", "B2B_USER")));
		Shown belfrys = this.form.make("Belfry's words");

		assertThat(this.form.update(own, "eventType", "QUANTITY_UPDATED").errors()).containsExactlyInAnyOrder(
				"INVALID condition.test.field", "INVALID template.subject", "INVALID template.body",
				"NOT_FOUND recipients");
		assertThat(this.form.update(own, "eventType", "ORDER_HELD").saved().eventType()).isEqualTo("ORDER_HELD");
		assertThat(this.form.update(belfrys, "eventType", "QUANTITY_UPDATED").saved().template())
			.isEqualTo(TemplateText.of(EventTypes.named("QUANTITY_UPDATED")));
	}

	@Test
	void keepsAlertsAboutCompletionsAndAboutEventsApart() {
		Shown orders = this.form.make("Orders");
		Shown jobs = this.form.make("Jobs", "eventType", "JOB_COMPLETED");

		assertThat(this.form.update(orders, "eventType", "JOB_COMPLETED").errors())
			.containsExactly("NOT_POSSIBLE eventType");
		assertThat(this.form.update(jobs, "eventType", "ORDER_IMPORTED").errors())
			.containsExactly("NOT_POSSIBLE eventType");
	}

	@Test
	void makesNoVersionOfWhatMakesNoDifference() {
		Shown made = this.form.make("Same", "condition", test("order.total", "GREATER", 500));

		assertThat(this.form.update(made).saved()).isEqualTo(made);
		assertThat(this.form
			.update(made, "name", "Same ", "condition", test("order.total", "GREATER", 500), "recipients",
					List.of(Map.of("email", "ann@shop.example")))
			.saved()).isEqualTo(made);
		assertThat(this.form.switchTo(true, made).saved().version()).isEqualTo(1);
	}

	@Test
	void refusesAnUpdateForAnOlderVersion() {
		Shown made = this.form.make("Mine");
		Shown theirs = this.form.update(made, "name", "Theirs").saved();

		Answer answer = this.form.updateFor(1, made, "name", "Mine again", "eventType", "NONE");

		assertThat(answer.errors()).containsExactly("CONFLICT expectedVersion", "NOT_FOUND eventType");
		assertThat(answer.alert()).isEqualTo(theirs);
		assertThat(this.form.switchTo(false, made, "expectedVersion", 1).errors())
			.containsExactly("CONFLICT expectedVersion");
		Answer kept = this.form.delete(made, "expectedVersion", 1);
		assertThat(kept.errors()).containsExactly("CONFLICT expectedVersion");
		assertThat(kept.deletedAlertId()).isNull();
		assertThat(kept.alert().name()).isEqualTo("Theirs");
		assertThat(this.form.read(made.id())).isEqualTo(theirs);
	}

	@Test
	void switchesAnAlertOffAndOn() {
		Shown made = this.form.make("Switched");

		assertThat(this.form.switchTo(false, made).saved().enabled()).isFalse();
		assertThat(this.form.switchTo(true, made, "expectedVersion", 2).saved().version()).isEqualTo(3);
		this.form.update(made, "enabled", false, "recipients", List.of());
		assertThat(this.form.switchTo(true, made).errors()).containsExactly("REQUIRED enabled");
	}

	@Test
	void deletesAnAlertAndFreesItsName() {
		Shown made = this.form.make("Short-lived");

		Answer gone = this.form.delete(made);

		assertThat(gone.deletedAlertId()).isEqualTo(made.id());
		assertThat(gone.alert()).isNull();
		assertThat(this.form.read(made.id())).isNull();
		assertThat(this.form.answer("node", Map.of("id", made.id())).field("node").<Object>getValue()).isNull();
		assertThat(this.form.names(Map.of())).isEmpty();
		assertThat(this.form.delete(made).errors()).containsExactly("NOT_FOUND id");
		assertThat(this.form.updateFor(1, made, "name", "Back").errors()).containsExactly("NOT_FOUND id");
		assertThat(this.form.make("short-LIVED").id()).isNotEqualTo(made.id());
	}

	@Test
	void comparesNamesWithoutCase() {
		this.form.make("Stra\u00dfe \u0130stanbul");
		Shown other = this.form.make("Other");

		assertThat(this.form.create("STRASSE i\u0307STANBUL").errors()).containsExactly("NOT_POSSIBLE name");
		assertThat(this.form.update(other, "name", "STRASSE i\u0307stanbul").errors())
			.containsExactly("NOT_POSSIBLE name");
		assertThat(this.form.update(other, "name", "OTHER").saved().name()).isEqualTo("OTHER");
	}

	@Test
	void tellsWhoChangedWhat() {
		Shown made = this.form.make("Audited");
		new AlertForm(new BelfryClient(this.port, TestTokens.user(this.name, "colleague", TestTokens.ALL_SCOPES)))
			.switchTo(false, made);
		this.form.update(made, "name", "Renamed", "condition", ABROAD, "recipients",
				List.of(Map.of("persona", "RESELLER"), Map.of("email", "bob@shop.example")));

		List<Version> versions = this.form.versions(made);

		assertThat(versions).extracting(Version::version).containsExactly(3, 2, 1);
		assertThat(versions).extracting(Version::changedBy).containsExactly("owner", "colleague", "owner");
		assertThat(versions).extracting((version) -> version.user().name())
			.containsExactly("owner", "colleague", "owner");
		assertThat(versions.get(0).changes())
			.containsExactly(new Difference("NAME", "Audited", "Renamed"), new Difference("CONDITION", null,
					"{\"test\":{\"field\":\"order.shipping.country\",\"operator\":\"NOT_EQUALS\",\"value\":\"US\"}}"),
					new Difference("RECIPIENTS", "ann@shop.example", "Reseller, bob@shop.example"));
		assertThat(versions.get(1).changes()).containsExactly(new Difference("ENABLED", "true", "false"));
		assertThat(versions.get(2).changes()).isEmpty();
		assertThat(versions.get(2).name()).isEqualTo("Audited");
		assertThat(versions.get(2).enabled()).isTrue();
		assertThat(versions.get(1).recipients()).extracting(AlertForm.Told::label).containsExactly("ann@shop.example");
	}

	@Test
	void givesVersionsByPages() {
		Shown made = this.form.make("v1");
		for (int i = 2; i <= 5; i++) {
			this.form.update(made, "name", "v" + i);
		}

		ClientGraphQlResponse first = this.form.answer("alert", Map.of("id", made.id(), "versions", 3));
		ClientGraphQlResponse second = this.form.answer("alert", Map.of("id", made.id(), "versions", 3, "after",
				first.field("alert.versions.pageInfo.endCursor").toEntity(String.class)));

		assertThat(first.field("alert.versions.nodes").toEntityList(Version.class)).extracting(Version::name)
			.containsExactly("v5", "v4", "v3");
		assertThat(second.field("alert.versions.nodes").toEntityList(Version.class))
			.extracting((version) -> version.changes().size())
			.containsExactly(1, 0);
		assertThat(second.field("alert.versions.pageInfo.hasNextPage").<Boolean>getValue()).isFalse();
	}

	@Test
	void findsAlerts() {
		this.form.make("Big orders from abroad");
		this.form.make("Big orders on hold", "eventType", "ORDER_HELD");
		this.form.make("100% of jobs", "eventType", "JOB_COMPLETED", "enabled", false);

		assertThat(this.form.names(Map.of())).containsExactly("100% of jobs", "Big orders on hold",
				"Big orders from abroad");
		assertThat(this.form.names(Map.of("search", "ORDER big"))).containsExactly("Big orders on hold",
				"Big orders from abroad");
		assertThat(this.form.names(Map.of("search", "%"))).containsExactly("100% of jobs");
		assertThat(this.form.names(Map.of("search", "order\u0000"))).isEmpty();
		assertThat(this.form.names(Map.of("enabled", false))).containsExactly("100% of jobs");
		assertThat(this.form.names(Map.of("eventTypes", List.of("ORDER_HELD", "NONE"))))
			.containsExactly("Big orders on hold");
		assertThat(this.form.names(Map.of("eventTypes", List.of(), "search", "abroad")))
			.containsExactly("Big orders from abroad");
		assertRefused(Map.of("filter", Map.of("search", "a".repeat(201))), "BAD_USER_INPUT", "filter", "search");
		assertRefused(Map.of("filter", Map.of("eventTypes", Collections.nCopies(101, "A"))), "BAD_USER_INPUT", "filter",
				"eventTypes");
	}

	@Test
	void givesAlertsByPages() {
		for (int i = 1; i <= 7; i++) {
			this.form.make("Alert " + i);
		}
		List<String> seen = new ArrayList<>();
		Map<String, Object> page = Map.of("first", 3);
		for (boolean more = true; more;) {
			ClientGraphQlResponse answer = this.form.answer("alerts", page);
			answer.field("alerts.edges")
				.toEntityList(AlertForm.Edge.class)
				.forEach((edge) -> seen.add(edge.node().name()));
			more = answer.field("alerts.pageInfo.hasNextPage").toEntity(Boolean.class);
			page = input("first", 3, "after", answer.field("alerts.pageInfo.endCursor").getValue());
		}

		assertThat(seen).containsExactly("Alert 7", "Alert 6", "Alert 5", "Alert 4", "Alert 3", "Alert 2", "Alert 1");
		assertRefused(Map.of("first", 101), "BAD_USER_INPUT", "first");
		assertRefused(Map.of("after", "garbled"), "CURSOR_INVALID", "after");
	}

	@Test
	void makesOneAlertOfCallsWithOneKey() {
		Shown made = this.form.make("Once", "idempotencyKey", "one");
		this.form.update(made, "name", "Renamed");

		assertThat(this.form.make("Once", "idempotencyKey", "one").name()).isEqualTo("Renamed");
		assertThat(this.form.create("Other", "idempotencyKey", "one").errors())
			.containsExactly("IDEMPOTENCY_CONFLICT idempotencyKey");
		assertThat(this.form.names(Map.of())).containsExactly("Renamed");
		assertThat(this.form.updateFor(2, made, "enabled", false, "idempotencyKey", "two").saved().version())
			.isEqualTo(3);
		assertThat(this.form.updateFor(2, made, "enabled", false, "idempotencyKey", "two").saved().version())
			.isEqualTo(3);
		assertThat(this.form.delete(made, "idempotencyKey", "three").deletedAlertId()).isEqualTo(made.id());
		assertThat(this.form.delete(made, "idempotencyKey", "three").deletedAlertId()).isEqualTo(made.id());
		assertThat(this.form.make("Once", "idempotencyKey", "one")).isEqualTo(made);
	}

	@Test
	void remembersNoKeyOfARefusedCall() {
		assertThat(this.form.create(" ", "idempotencyKey", "one").errors()).containsExactly("REQUIRED name");

		assertThat(this.form.create("Better", "idempotencyKey", "one").saved().version()).isEqualTo(1);
	}

	@Test
	void tellsWhatAConditionCanAskOfEachField() {
		Map<?, ?> total = this.form.answer("eventTypes", Map.of())
			.field("eventTypes[0].fields")
			.toEntityList(Map.class)
			.stream()
			.filter((field) -> field.get("path").equals("order.total"))
			.findFirst()
			.orElseThrow();

		assertThat(total.get("operators")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains(Map.of("operator", "GREATER_OR_EQUAL", "label", "is at least", "value", "ONE", "hasCase", false));
	}

	@Test
	void refusesMoreAlertsThanAnAccountMayHave() {
		Shown last = this.form.make("Last");
		this.database.all(this.account, Query
			.number("""
					insert into alert (account_id, alert_id, version, name_key, created_at)
					select $1, next_ids($1, 'alert', 1), 1, 'other ' || n, now() from generate_series(2, 2000) n returning alert_id"""))
			.blockLast(BelfryClient.TIMEOUT);

		Answer answer = this.form.create("One too many");

		assertThat(answer.errors()).containsExactly("NOT_POSSIBLE");
		assertThat(answer.messages().get(0)).startsWith("An account has at most 2000 alerts.");
		this.form.delete(last);
		assertThat(this.form.create("One too many").saved().version()).isEqualTo(1);
	}

	@Test
	void showsAUserWhoIsGone() {
		long user = this.accounts.createUser(this.account);
		Shown made = this.form.make("Told", "recipients",
				List.of(Map.of("userId", this.ids.encode(Ids.Kind.USER, this.account, user))));
		this.database.all(this.account,
				Query.number("delete from account_user where account_id = $1 and user_id = $2 returning user_id"), user)
			.blockLast(BelfryClient.TIMEOUT);

		Shown shown = this.form.update(made, "name", "Renamed").saved();

		assertThat(shown.labels()).containsExactly("A removed user");
		assertThat(shown.recipients().get(0).user()).isNull();
	}

	@Test
	void isNotThereForOneWhoMayNotReadAlerts() {
		Shown made = this.form.make("Hidden");
		BelfryClient other = new BelfryClient(this.port,
				TestTokens.user(this.name, "other", "notifications:read settings:read alerts:write"));

		assertThat(other.run("node", Map.of("id", made.id())).field("node").<Object>getValue()).isNull();
		assertThat(this.form.answer("node", Map.of("id", made.id())).field("node.id").<String>getValue())
			.isEqualTo(made.id());
	}

	/** The levels of JSON end at 500, before those of a condition are counted. */
	@Test
	void refusesHostileConditions() {
		String test = "{\"test\":{\"field\":\"order.note\",\"operator\":\"EXISTS\"}}";
		String wide = "{\"any\":[" + String.join(",", Collections.nCopies(10_000, test)) + "]}";

		assertThat(hostile(wide).body()).contains("\"TOO_MANY\"");
		assertThat(hostile("{\"not\":".repeat(300) + test + "}".repeat(300)).body()).contains("condition");
		assertThat(hostile("{\"not\":".repeat(1_000) + test + "}".repeat(1_000)).code()).isEqualTo("BAD_USER_INPUT");
		assertThat(hostile("{\"cel\":\"" + "(".repeat(900) + "true" + ")".repeat(900) + "\"}").body())
			.contains("\"INVALID\"");
		assertThat(hostile("{\"cel\":\"T(java.lang.Runtime).getRuntime()\"}").body()).contains("\"INVALID\"");
		assertThat(
				hostile("{\"test\":{\"field\":\"order.total\",\"operator\":\"GREATER\",\"value\":1e999999999}}").body())
			.contains("\"OUT_OF_RANGE\"");
		assertThat(this.form.names(Map.of())).isEmpty();
	}

	private Http.Answer hostile(String condition) {
		String input = "{\"name\":\"Hostile\",\"eventType\":\"ORDER_IMPORTED\",\"recipients\":[],\"condition\":"
				+ condition + "}";
		Http.Answer answer = Http.at(this.port)
			.token(TestTokens.owner(this.name))
			.post("{\"query\":\"mutation m($input: CreateAlertInput!) { createAlert(input: $input)"
					+ " { userErrors { code field } } }\",\"variables\":{\"input\":" + input + "}}");
		assertThat(answer.body()).doesNotContain("INTERNAL_ERROR");
		return answer;
	}

	private void assertRefused(Map<String, Object> variables, String code, String... field) {
		ClientGraphQlResponse answer = this.form.client().run("alerts", variables);
		assertThat(answer.getErrors().get(0).getExtensions()).containsEntry("code", code)
			.containsEntry("field", List.of(field));
	}

}
