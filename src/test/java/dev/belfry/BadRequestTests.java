package dev.belfry;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Http;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that are none, that nobody may send, or that are sent the wrong way. */
@BelfryTest
class BadRequestTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	/** The least that each field with arguments must be given. */
	private static final Map<String, String> ARGUMENTS = Map.ofEntries(Map.entry("node", "(id: \"x\") { id }"),
			Map.entry("nodes", "(ids: [\"x\"]) { id }"), Map.entry("integration", "(id: \"x\") { id }"),
			Map.entry("whyNotified", "(id: \"x\") { evaluated }"),
			Map.entry("dryRunAlert",
					"(input: {alert: {id: \"x\"}, from: \"2026-01-01T00:00:00Z\"}) { userErrors { code } }"),
			Map.entry("recordJobCompletions", "(input: {completions: []}) { userErrors { code } }"),
			Map.entry("publishEvents", "(input: {events: []}) { userErrors { code } }"),
			Map.entry("retryDelivery", "(input: {id: \"x\"}) { userErrors { code } }"),
			Map.entry("removeSuppression", "(input: {id: \"x\"}) { userErrors { code } }"),
			Map.entry("eraseAddress", "(input: {address: \"x\"}) { userErrors { code } }"),
			Map.entry("upsertAccounts", "(input: {accounts: []}) { userErrors { code } }"),
			Map.entry("upsertUsers", "(input: {users: []}) { userErrors { code } }"),
			Map.entry("markBellSeen", "(input: {through: \"x\"}) { userErrors { code } }"),
			Map.entry("markAllJobNotificationsRead", "(input: {through: \"x\"}) { userErrors { code } }"),
			Map.entry("setJobNotificationsRead", "(input: {ids: [], read: true}) { userErrors { code } }"),
			Map.entry("alert", "(id: \"x\") { id }"), Map.entry("recipientList", "(id: \"x\") { id }"),
			Map.entry("createAlert",
					"(input: {name: \"x\", eventType: \"x\", recipients: []}) { userErrors { code } }"),
			Map.entry("updateAlert", "(input: {id: \"x\", expectedVersion: 0}) { userErrors { code } }"),
			Map.entry("setAlertEnabled", "(input: {id: \"x\", enabled: true}) { userErrors { code } }"),
			Map.entry("deleteAlert", "(input: {id: \"x\"}) { userErrors { code } }"),
			Map.entry("previewAlert", "(input: {alert: {id: \"x\"}}) { matches }"),
			Map.entry("sendTestAlert", "(input: {alert: {id: \"x\"}}) { userErrors { code } }"),
			Map.entry("createRecipientList", "(input: {name: \"x\", addresses: []}) { userErrors { code } }"),
			Map.entry("updateRecipientList", "(input: {id: \"x\", expectedVersion: 0}) { userErrors { code } }"),
			Map.entry("deleteRecipientList", "(input: {id: \"x\"}) { userErrors { code } }"),
			Map.entry("updateNotificationSettings", "(input: {expectedVersion: 0}) { userErrors { code } }"),
			Map.entry("setGlobalNotification", "(input: {type: \"x\", enabled: true}) { userErrors { code } }"));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "request-" + UUID.randomUUID();

	private Http nobody;

	private Http owner;

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
		this.nobody = Http.at(this.port);
		this.owner = this.nobody.token(TestTokens.owner(this.account));
	}

	@Test
	void refusesWhatIsNoRequest() {
		for (String body : List.of("", " ", "{", "nonsense", "null", "1", "[]", "{}", "{\"variables\": {}}",
				"{\"query\": null}", "{\"query\": 1}", "{\"query\": [\"{ viewer { scopes } }\"]}",
				"{\"query\": \"{ viewer { scopes } }\", \"variables\": []}",
				"{\"query\": \"{ viewer { scopes } }\", \"variables\": \"x\"}",
				"{\"query\": \"{ viewer { scopes } }\", \"operationName\": 1}",
				"{\"query\": \"{ viewer { scopes } }\", \"extensions\": 1}", "[{\"query\": \"{ viewer { scopes } }\"}]",
				"{\"query\": \"{\"", "\u0000", "[".repeat(5_000), "{\"a\":".repeat(5_000))) {
			Http.Answer answer = this.owner.post(body);

			assertThat(answer.status()).as(body).isEqualTo(400);
			assertThat(answer.code()).as(body).isEqualTo("BAD_USER_INPUT");
			assertSaysNothingOfJava(answer);
		}
	}

	@Test
	void refusesWhatIsNoGraphQl() {
		for (String document : List.of("", " ", "{", "}", "\u0000", "\ud800", "{ viewer { scopes } ", "query", "#",
				"{}", "{ viewer { scopes } } garbage", "{ bell(\"x\") }")) {
			Http.Answer answer = this.owner.ask(document);

			assertThat(answer.code()).as(document).isEqualTo("GRAPHQL_PARSE_FAILED");
			assertSaysNothingOfJava(answer);
		}
	}

	@Test
	void refusesWhatDoesNotFitTheSchema() {
		for (String document : List.of("{ nothing }", "{ viewer { nothing } }", "{ viewer }", "{ node { id } }",
				"{ node(id: {}) { id } }", "{ node(ids: 1) { id } }", "{ nodes(ids: [null]) { id } }",
				"query a { viewer { scopes } } query a { viewer { scopes } }", "{ ...x }",
				"fragment x on Viewer { ...x } { viewer { ...x } }", "mutation { nothing }",
				"query q($x: Nothing) { viewer { scopes } }", "{ viewer @nothing { scopes } }",
				"{ jobNotifications(filter: {nothing: 1}) { cursor } }",
				"{ jobNotifications(filter: {outcomes: [NONE]}) { cursor } }",
				"subscription { bell { id } jobNotifications { endCursor } }")) {
			Http.Answer answer = this.owner.ask(document);

			assertThat(answer.code()).as(document).isEqualTo("GRAPHQL_VALIDATION_FAILED");
			assertSaysNothingOfJava(answer);
		}
	}

	@Test
	void refusesVariablesThatDoNotFitTheSchema() {
		for (Object filter : List.of(1, "x", List.of(1), Map.of("nothing", 1), Map.of("outcomes", List.of("NONE")),
				Map.of("operations", Map.of()), Map.of("counts", List.of(Map.of())), Map.of("search", Map.of("a", 1)),
				Map.of("recordedAt", "now"), Map.of("recordedAt", Map.of("from", 1)))) {
			Http.Answer answer = this.owner.run("jobNotifications", Map.of("filter", filter));

			assertThat(answer.code()).as("%s", filter).isEqualTo("GRAPHQL_VALIDATION_FAILED");
			assertSaysNothingOfJava(answer);
		}
	}

	/** GraphQL Java alone takes from twenty seconds to hours for each of them. */
	@Test
	void refusesNumbersThatWouldTakeLongToRead() {
		String digits = "9".repeat(1_000_000);
		for (String query : List.of("{ bell(first: " + digits + ") }", "{ bell(first: -" + digits + ") }",
				"{ bell(first: 0." + digits + ") }", "subscription { bell(first: " + digits + ") { id } }")) {
			for (String accept : List.of("application/json", "text/event-stream")) {
				Http.Answer answer = this.owner.with("Accept", accept).ask(query);

				assertThat(answer.body()).contains("\"GRAPHQL_PARSE_FAILED\"");
				assertSaysNothingOfJava(answer);
			}
		}
		for (String number : List.of("1e300000000", "-1e300000000", "1e-300000000")) {
			Http.Answer answer = this.owner.post("{\"query\": \"query q($first: Int) "
					+ "{ jobNotifications(first: $first) { cursor } }\", \"variables\": {\"first\": " + number + "}}");

			assertThat(answer.code()).as(number).isEqualTo("GRAPHQL_VALIDATION_FAILED");
			assertSaysNothingOfJava(answer);
		}
	}

	@Test
	void refusesABodyThatGrowsTooLarge() {
		Http.Answer answer = this.owner.postChunked(65 << 20);

		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.code()).isEqualTo("PAYLOAD_TOO_LARGE");
	}

	@Test
	void takesNeitherGetNorForms() {
		Http.Answer get = this.owner.get("/graphql?query=%7Bviewer%7Bscopes%7D%7D");
		Http.Answer form = this.owner.with("Content-Type", "application/x-www-form-urlencoded")
			.post("query=%7Bviewer%7Bscopes%7D%7D");
		Http.Answer text = this.owner.with("Content-Type", "text/plain").post("{\"query\": \"{ viewer { scopes } }\"}");

		assertThat(get.status()).isIn(404, 405);
		assertThat(form.status()).isEqualTo(415);
		assertThat(text.status()).isEqualTo(415);
		for (Http.Answer answer : List.of(get, form, text)) {
			assertThat(answer.body()).doesNotContain("scopes");
			assertSaysNothingOfJava(answer);
		}
	}

	@Test
	void refusesASubscriptionOverAPlainPost() {
		Http.Answer answer = this.owner.run("bellChanges", Map.of());

		assertThat(answer.code()).isEqualTo("SUBSCRIPTION_TRANSPORT");
		assertSaysNothingOfJava(answer);
	}

	@Test
	void asksForAToken() {
		String expired = TestTokens.sign(
				Map.of("account", this.account, "sub", "owner", "scope", TestTokens.ALL_SCOPES),
				Duration.ofMinutes(-5));
		String unsigned = "eyJhbGciOiJub25lIn0.eyJhY2NvdW50IjoiYSIsInN1YiI6ImEifQ.";
		for (Http asking : List.of(this.nobody, this.nobody.token(expired), this.nobody.token(unsigned),
				this.nobody.token("x"), this.nobody.with("Authorization", "Basic eDp5"))) {
			Http.Answer answer = asking.run("viewer", Map.of());

			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
			assertSaysNothingOfJava(answer);
		}
	}

	@Test
	void namesTheScopeThatEachFieldNeeds() {
		Http poor = this.nobody.token(TestTokens.user(this.account, "poor", "keys:write"));
		fields().forEach((field, scope) -> {
			Http.Answer answer = poor.with("Accept", field.startsWith("subscription") ? "text/event-stream" : "*/*")
				.ask(field);

			assertThat(answer.body()).as(field)
				.contains("\"code\":\"FORBIDDEN\"")
				.contains("\"scope\":\"" + scope + "\"");
			assertSaysNothingOfJava(answer);
		});
	}

	/** A document for each root field that needs a scope, with the scope. */
	private static Map<String, String> fields() {
		Map<String, String> fields = new TreeMap<>();
		Stream.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(), SCHEMA.getSubscriptionType())
			.forEach((root) -> root.getFieldDefinitions()
				.stream()
				.filter((field) -> field.hasAppliedDirective("requiresScope"))
				.forEach((field) -> fields.put(document(root, field), scope(field))));
		return fields;
	}

	private static String document(GraphQLObjectType root, GraphQLFieldDefinition field) {
		return root.getName().toLowerCase(Locale.ROOT) + " { " + field.getName()
				+ ARGUMENTS.getOrDefault(field.getName(), " { __typename }") + " }";
	}

	private static String scope(GraphQLFieldDefinition field) {
		return field.getAppliedDirective("requiresScope").getArgument("scope").getValue();
	}

	private static void assertSaysNothingOfJava(Http.Answer answer) {
		assertThat(answer.body()).doesNotContain("INTERNAL_ERROR")
			.doesNotContainPattern("Exception|dev\\.belfry|graphql\\.|java\\.|select |insert |\\bat java");
	}

}
