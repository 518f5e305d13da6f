package dev.belfry.alerts.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.alerts.rules.AlertForm.Shown;
import dev.belfry.alerts.rules.AlertForm.ShownList;
import dev.belfry.alerts.rules.HostileAlerts.Attempt;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static dev.belfry.alerts.rules.AlertForm.input;
import static dev.belfry.alerts.rules.AlertForm.template;
import static dev.belfry.alerts.rules.AlertForm.test;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alerts that are made to break something, over HTTP: each is refused with an error that
 * says where it is wrong, or bounded, wherever an alert can be given. The next call is
 * answered as ever.
 */
@BelfryTest
class HostileAlertTests {

	private static final JsonMapper JSON = new JsonMapper();

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String name = "hostile-" + UUID.randomUUID();

	private Http owner;

	private AlertForm form;

	private Shown kept;

	@BeforeEach
	void makeAnAlert() {
		this.accounts.create(this.name);
		this.owner = Http.at(this.port).token(TestTokens.owner(this.name));
		this.form = new AlertForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
		this.kept = this.form.make("Kept");
	}

	@AfterEach
	void nothingHasChanged() {
		assertThat(this.form.names(Map.of())).containsExactly("Kept");
		assertThat(this.form.read(this.kept.id())).isEqualTo(this.kept);
	}

	@ParameterizedTest
	@MethodSource("dev.belfry.alerts.rules.HostileAlerts#all")
	void saysWhereAnAlertIsWrong(Attempt attempt) {
		for (Way way : Way.values()) {
			Map<String, Object> input = way.input(this.kept, attempt.fields());

			assertThat(errors(way, byVariable(way, input))).as("%s by a variable", way)
				.containsOnly(way.error(attempt.error()));
			assertThat(errors(way, byLiteral(way, input, ""))).as("%s by a literal", way)
				.containsOnly(way.error(attempt.literalError()));
		}
	}

	/** Neither the literal nor the variable in it is too deep by itself. */
	@Test
	void saysWhereAnAlertIsTooDeepInAllByALiteralWithAVariableInIt() {
		Object deep = HostileAlerts.lists(200, new HostileWriter.Variable("deep"));
		Map<String, Object> fields = Map.of("condition", test("order.note", "EQUALS", deep));
		String variables = "{\"deep\":" + HostileWriter.JSON.write(HostileAlerts.lists(490, "a")) + "}";
		for (Way way : Way.values()) {
			Http.Answer answer = byLiteral(way, way.input(this.kept, fields), variables);

			assertThat(errors(way, answer)).as("%s", way).containsOnly(way.error("INVALID condition.test.value"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "1 / order.itemCount > 0                                        | / by zero",
			"9223372036854775807 + order.itemCount + 1 > 0                    | long overflow",
			"int(order.total * 1e300) > 0                                     | out of range",
			"timestamp('9999-12-31T23:59:59Z') + duration('999h') > recordedAt | failed",
			"duration('99999999999999999999s') > duration('1s')               | invalid duration",
			"order.placedAt.getHours('../../etc/passwd') == 1                 | Invalid ID",
			"order.lines[9223372036854775807].sku == ''                       | failed with arg",
			"order.lines.exists(a, order.lines.exists(b, a.title == b.title + '!')) | too long",
			"[[1,2,3,4,5,6,7,8,9]].exists(a, a.exists(b, a.exists(c, a.exists(d, a.exists(e, a.exists(f, b + c + d + e + f < 0)))))) | too long",
			"(order.note + order.note + order.note).contains('b')             | too long" })
	void saysWhyAConditionFailsAtAnEvent(String cel, String why) {
		JsonNode preview = preview(Map.of("condition", Map.of("cel", cel)), order("itemCount", 0));

		assertThat(preview.at("/failure").asString()).contains(why).hasSizeLessThan(400);
		assertThat(preview.at("/matches").isNull()).isTrue();
		assertThat(preview.at("/mail/subject").asString()).isNotBlank();
	}

	@ParameterizedTest
	@CsvSource({ "(a+)+$,true", "(a*)*b,false", "^(a|aa)+$,true", "(a?){40}b,false" })
	void answersAnyPattern(String pattern, boolean matches) {
		JsonNode preview = preview(Map.of("condition", test("order.note", "MATCHES", pattern)),
				order("note", "a".repeat(2_000)));

		assertThat(preview.at("/matches").asBoolean()).isEqualTo(matches);
	}

	@Test
	void refusesALongerTextThanEventsMayHave() {
		JsonNode preview = preview(Map.of("condition", test("order.note", "MATCHES", "(a+)+$")),
				order("note", "a".repeat(50_000)));

		assertThat(told(preview)).containsExactly("TOO_LONG event.payload.order.note");
	}

	@Test
	void writesNoMailThatIsTooLong() {
		Map<String, Object> fields = Map.of("template",
				template("x", "{{#order.lines}}{{title}}{{/order.lines}}".repeat(4)));

		JsonNode preview = preview(fields, order("note", "x"));
		JsonNode sent = json(byVariable(Way.sendTestAlert,
				input("alert", Map.of("draft", Way.draft(fields)), "event", Map.of("payload", order("note", "x")))));

		assertThat(preview.at("/failure").asString()).contains("64 KiB");
		assertThat(preview.at("/mail").isNull()).isTrue();
		assertThat(told(sent.at("/data/sendTestAlert"))).containsExactly("NOT_POSSIBLE alert");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nBcc: x@y.example", "a\tb", "a\u0000", "\ud800", "a\u2029b", "\u202egpj.exe" })
	void refusesNamesOfMoreThanALine(String wrong) {
		refuseName(wrong, "INVALID name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \u2003 ", "\u00a0", "\u200b", "\u2060\ufeff", "\u202e", "\u3164" })
	void refusesNamesOfWhichNobodySeesAnything(String blank) {
		refuseName(blank, "REQUIRED name");
	}

	@Test
	void refusesLongNames() {
		refuseName("n".repeat(10_000), "TOO_LONG name");
		refuseName("\ud83d\ude00".repeat(121), "TOO_LONG name");
	}

	/** In other case, in full width, and put together of a letter and its accent. */
	@ParameterizedTest
	@ValueSource(strings = { "KEPT", " kept ", "\uff2b\uff45\uff50\uff54", "kEpT\u3000" })
	void knowsANameInAnyForm(String same) {
		this.form.createList("Kept").saved();
		ShownList other = this.form.createList("Other").saved();

		assertThat(this.form.create(same).errors()).containsExactly("NOT_POSSIBLE name");
		assertThat(this.form.createList(same).errors()).containsExactly("NOT_POSSIBLE name");
		assertThat(this.form.updateList(other, "name", same).errors()).containsExactly("NOT_POSSIBLE name");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 2, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void changesNothingOnTopOfAVersionThatIsNot(int version) {
		String list = this.form.createList("List").saved().id();
		for (String mutation : List.of("updateAlert", "setAlertEnabled", "deleteAlert", "updateRecipientList",
				"deleteRecipientList")) {
			boolean ofAlert = mutation.endsWith("Alert") || mutation.endsWith("Enabled");
			Map<String, Object> input = input("id", ofAlert ? this.kept.id() : list, "expectedVersion", version);
			if (mutation.equals("setAlertEnabled")) {
				input.put("enabled", false);
			}
			JsonNode answer = json(this.owner.run(mutation, Map.of("input", input)));

			assertThat(told(answer.at("/data/" + mutation))).as(mutation).containsExactly("CONFLICT expectedVersion");
		}
		assertThat(this.form.readList(list).version()).isEqualTo(1);
	}

	@Test
	void looksForSignsOfSearchesAsTheyAre() {
		this.form.createList("100% sure").saved();
		this.form.createList("a_b").saved();
		this.form.createList("c\\d").saved();
		this.form.createList("' or 1=1 --").saved();

		assertThat(lists("%")).containsExactly("100% sure");
		assertThat(lists("_")).containsExactly("a_b");
		assertThat(lists("\\")).containsExactly("c\\d");
		assertThat(lists("' OR")).containsExactly("' or 1=1 --");
		for (String nothing : List.of("%%", "\\%", "\u0000", "\ud800", ".*", "\ufdfa".repeat(200))) {
			assertThat(lists(nothing)).isEmpty();
		}
		Http.Answer refused = this.owner.run("recipientLists", Map.of("search", "s".repeat(10_000)));
		assertThat(refused.code() + refused.field()).isEqualTo("BAD_USER_INPUT[search]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "alerts(%s) { nodes { id } }", "recipientLists(%s) { nodes { id } }",
			"users(%s) { nodes { id } }", "alerts { nodes { versions(%s) { nodes { version } } } }",
			"alerts { nodes { evaluations(%s) { nodes { version } } } }" })
	void refusesPagesThatAreNone(String field) {
		for (int first : new int[] { -1, 0, 101, Integer.MAX_VALUE, Integer.MIN_VALUE }) {
			Http.Answer answer = this.owner.ask("{" + field.formatted("first: " + first) + "}");

			assertThat(answer.code() + answer.field()).isEqualTo("BAD_USER_INPUT[first]");
		}
		for (String cursor : List.of("", "x", "\u0000", "a".repeat(10_000), this.kept.id())) {
			Http.Answer answer = this.owner.ask("query q($after: Cursor) {" + field.formatted("after: $after") + "}",
					Map.of("after", cursor));

			assertThat(answer.code() + answer.field()).isEqualTo("CURSOR_INVALID[after]");
		}
	}

	@ParameterizedTest
	@CsvSource({ "0000-01-01T00:00:00Z,9999-12-31T23:59:59Z,", "1926-01-01T00:00:00Z,2026-01-01T00:00:00Z,",
			"2126-01-01T00:00:00Z,2226-01-01T00:00:00Z,", "2126-01-01T00:00:00Z,,OUT_OF_RANGE from",
			"2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,OUT_OF_RANGE from",
			"9999-12-31T23:59:59Z,0000-01-01T00:00:00Z,OUT_OF_RANGE from", "2026-02-30T00:00:00Z,,INPUT",
			"+12026-01-01T00:00:00Z,,INPUT" })
	void holdsAnAlertAgainstPeriodsThatAreSome(String from, String to, String error) {
		Map<String, Object> input = new HashMap<>(Way.dryRunAlert.input(this.kept, Map.of()));
		input.put("from", from);
		input.put("to", to);

		Http.Answer answer = byVariable(Way.dryRunAlert, input);

		assertThat(errors(Way.dryRunAlert, answer)).isEqualTo(
				(error == null) ? List.of() : List.of(error.equals("INPUT") ? "GRAPHQL_VALIDATION_FAILED" : error));
		assertThat(json(answer).at("/data/dryRunAlert/complete").asBoolean()).isEqualTo(error == null);
	}

	@Test
	void takesNoMoreAddressesThanAListHas() {
		List<String> many = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			many.add("a" + i + "@b.example");
		}

		assertThat(this.form.createList("Many", many.toArray(String[]::new)).errors())
			.containsExactly("TOO_LONG addresses");
		assertThat(this.form.createList("Some", many.subList(0, 801).toArray(String[]::new)).errors())
			.containsExactly("TOO_MANY addresses");
		assertThat(this.form.createList("Injected", "a@b.example\r\nBcc: x@y.example").errors())
			.containsExactly("INVALID addresses.0");
		assertThat(this.form
			.createList("Same", "a@b.example", "A@B.EXAMPLE", "x@b\u00fccher.example", "x@xn--bcher-kva.example",
					"X@BU\u0308CHER.example")
			.saved()
			.addresses()).containsExactly("a@b.example", "x@b\u00fccher.example");
	}

	private void refuseName(String wrong, String error) {
		String list = this.form.createList("List " + UUID.randomUUID()).saved().id();
		Map<String, Map<String, Object>> inputs = Map.of("createAlert",
				Map.of("eventType", "ORDER_IMPORTED", "recipients", List.of()), "updateAlert",
				Map.of("id", this.kept.id(), "expectedVersion", 1), "createRecipientList",
				Map.of("addresses", List.of()), "updateRecipientList", Map.of("id", list, "expectedVersion", 1));
		inputs.forEach((mutation, fields) -> {
			Map<String, Object> input = new HashMap<>(fields);
			input.put("name", wrong);
			JsonNode answer = json(this.owner.run(mutation, Map.of("input", input)));

			assertThat(told(answer.at("/data/" + mutation))).as(mutation).containsExactly(error);
		});
	}

	private List<String> lists(String search) {
		JsonNode answer = json(this.owner.run("recipientLists", Map.of("search", search)));
		return answer.at("/data/recipientLists/edges")
			.valueStream()
			.map((edge) -> edge.at("/node/name").asString())
			.toList();
	}

	private JsonNode preview(Map<String, Object> fields, Map<String, Object> payload) {
		Map<String, Object> input = Map.of("alert", Map.of("draft", Way.draft(fields)), "event",
				Map.of("payload", payload));
		return json(this.owner.run("previewAlert", Map.of("input", input))).at("/data/previewAlert");
	}

	/** One of 200 lines whose titles are long in all. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> order(String field, Object value) {
		Map<String, Object> payload = new HashMap<>(EventTypes.named("ORDER_IMPORTED").sample());
		Map<String, Object> order = new HashMap<>((Map<String, Object>) payload.get("order"));
		order.put("note", "a".repeat(2_000));
		order.put("lines",
				Collections.nCopies(200, Map.of("sku", "A-1", "title", "t".repeat(200), "quantity", 1, "price", 1)));
		order.put(field, value);
		payload.put("order", order);
		return payload;
	}

	private Http.Answer byVariable(Way way, Map<String, Object> input) {
		String document = way.document("($input: " + way.inputType() + "!)", "$input");
		return send(way, document, "{\"input\":" + HostileWriter.JSON.write(input) + "}");
	}

	private Http.Answer byLiteral(Way way, Map<String, Object> input, String variables) {
		String definitions = variables.isEmpty() ? "" : "($deep: JSON)";
		return send(way, way.document(definitions, HostileWriter.GRAPHQL.write(input)),
				variables.isEmpty() ? "{}" : variables);
	}

	private Http.Answer send(Way way, String document, String variables) {
		return this.owner.with("Accept", way.accepts())
			.post("{\"query\":" + HostileWriter.JSON.write(document) + ",\"variables\":" + variables + "}");
	}

	/** Codes alone of errors of the request; codes and paths of user errors. */
	private static List<String> errors(Way way, Http.Answer answer) {
		assertThat(answer.body()).doesNotContainPattern("INTERNAL_ERROR|Exception|dev\\.belfry|\\bat java");
		JsonNode json = json(answer);
		return json.has("errors")
				? json.at("/errors").valueStream().map((error) -> error.at("/extensions/code").asString()).toList()
				: told(json.at("/data/" + way));
	}

	private static List<String> told(JsonNode payload) {
		return payload.at("/userErrors")
			.valueStream()
			.map((error) -> error.at("/code").asString() + " "
					+ String.join(".", error.at("/field").valueStream().map(JsonNode::asString).toList()))
			.toList();
	}

	/** What was answered last, if it is a stream. */
	private static JsonNode json(Http.Answer answer) {
		if (!answer.type().startsWith("text/event-stream")) {
			return answer.json();
		}
		List<String> values = answer.body()
			.lines()
			.filter((line) -> line.matches("data: ?\\{\"(data|errors).*"))
			.toList();
		return JSON.readTree(values.get(values.size() - 1).substring("data:".length()));
	}

	/** An operation that takes an alert. */
	private enum Way {

		createAlert, updateAlert, previewAlert, sendTestAlert, dryRunAlert;

		static Map<String, Object> draft(Map<String, Object> fields) {
			return with(Map.of("eventType", "ORDER_IMPORTED"), fields);
		}

		/** The input that is good but for the fields. */
		Map<String, Object> input(Shown kept, Map<String, Object> fields) {
			return switch (this) {
				case createAlert ->
					with(Map.of("name", "New", "eventType", "ORDER_IMPORTED", "recipients", List.of()), fields);
				case updateAlert -> with(Map.of("id", kept.id(), "expectedVersion", 1), fields);
				case previewAlert, sendTestAlert -> Map.of("alert", Map.of("draft", draft(fields)));
				case dryRunAlert -> Map.of("alert", Map.of("draft", draft(fields)), "from", "2026-01-01T00:00:00Z");
			};
		}

		private static Map<String, Object> with(Map<String, Object> good, Map<String, Object> fields) {
			Map<String, Object> all = new HashMap<>(good);
			all.putAll(fields);
			return all;
		}

		String inputType() {
			return name().substring(0, 1).toUpperCase() + name().substring(1) + "Input";
		}

		String accepts() {
			return (this == dryRunAlert) ? "text/event-stream" : "application/json";
		}

		String document(String definitions, String input) {
			String operation = switch (this) {
				case createAlert, updateAlert, sendTestAlert -> "mutation";
				case previewAlert -> "query";
				case dryRunAlert -> "subscription";
			};
			return operation + " o" + definitions + " { " + name() + "(input: " + input + ") { "
					+ ((this == dryRunAlert) ? "complete " : "") + "userErrors { code field } } }";
		}

		/** The error with its path in the input. */
		String error(String error) {
			boolean ofTheAlert = this != createAlert && this != updateAlert;
			return ofTheAlert ? error.replace(" ", " alert.draft.") : error;
		}

	}

}
