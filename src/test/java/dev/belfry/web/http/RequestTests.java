package dev.belfry.web.http;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Http;
import dev.belfry.testing.RawHttp;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

@BelfryTest
class RequestTests {

	private static final String VIEWER = "{ viewer { account { externalId name } user { externalId name } scopes } }";

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "shop-" + UUID.randomUUID();

	private Http http;

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
		this.http = Http.at(this.port);
	}

	@Test
	void answersWhoIsAsking() {
		Http.Answer answer = owner().ask(VIEWER);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().at("/data/viewer/account/externalId").asString()).isEqualTo(this.account);
		assertThat(answer.json().at("/data/viewer/user/name").asString()).isEqualTo("owner");
		assertThat(answer.json().at("/data/viewer/scopes").size()).isEqualTo(9);
	}

	@Test
	void refusesARequestWithoutToken() {
		Http.Answer answer = this.http.ask(VIEWER);

		assertUnauthenticated(answer, "application/json");
		assertThat(answer.headers()).containsKey("www-authenticate");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0085", "\u009f", "\u0001" })
	void refusesControlCharactersInHeaders(String control) {
		try (RawHttp raw = RawHttp.connect(this.port)) {
			String request = RawHttp.head(TestTokens.owner(this.account) + control, 2);

			assertThat(raw.send(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n") + "{}").rest())
				.startsWith("HTTP/1.1 400 ");
		}
	}

	@Test
	void takesOtherLettersThanEnglishOnesInHeaders() {
		assertThat(owner().with("User-Agent", "caf\u00e9").ask(VIEWER).status()).isEqualTo(200);
	}

	@Test
	void refusesInTheMediaTypeThatIsAccepted() {
		Http.Answer answer = this.http.with("Accept", "application/graphql-response+json").ask(VIEWER);

		assertUnauthenticated(answer, "application/graphql-response+json");
	}

	@Test
	void refusesAnExpiredToken() {
		String expired = TestTokens.sign(Map.of("account", this.account, "sub", "ann"), Duration.ofMinutes(-2));

		assertUnauthenticated(this.http.token(expired).ask(VIEWER), "application/json");
	}

	@Test
	void refusesATokenThatNeverExpires() {
		String token = TestTokens.withoutExpiry(Map.of("account", this.account, "sub", "ann"));

		for (String accept : List.of("application/json", "text/event-stream")) {
			Http.Answer answer = this.http.token(token).with("Accept", accept).ask(VIEWER);

			assertUnauthenticated(answer, "application/json");
			assertThat(answer.message()).isEqualTo("The token never expires: it needs the claim \"exp\".");
		}
	}

	@Test
	void saysWhyATokenIsRefused() {
		String expired = TestTokens.sign(Map.of("account", this.account, "sub", "ann"), Duration.ofMinutes(-2));
		String forged = expired.substring(0, expired.lastIndexOf('.')) + "." + "A".repeat(342);

		assertThat(this.http.token(expired).ask(VIEWER).message()).isEqualTo("The token has expired. Use a new one.");
		assertThat(this.http.token(forged).ask(VIEWER).message())
			.isEqualTo("The token is not signed by a key of the issuer.");
		assertThat(this.http.token("nonsense").ask(VIEWER).message())
			.isEqualTo("The token is malformed, or not a JWT.");
	}

	@Test
	void refusesMalformedTokens() {
		assertUnauthenticated(this.http.token("nonsense").ask(VIEWER), "application/json");
		assertUnauthenticated(this.http.token("a b").ask(VIEWER), "application/json");
		assertUnauthenticated(this.http.with("Authorization", "Bearer").ask(VIEWER), "application/json");
	}

	@Test
	void refusesATokenWithoutAccountUnlessItIsThePlatforms() {
		String token = TestTokens.sign(Map.of("sub", "ann"), Duration.ofHours(1));

		assertUnauthenticated(this.http.token(token).ask(VIEWER), "application/json");
		assertThat(this.http.token(TestTokens.platform()).ask(VIEWER).json().at("/data/viewer/account").isNull())
			.isTrue();
	}

	@Test
	void saysThatAnAccountMustBeRegisteredFirst() {
		Http.Answer answer = this.http.token(TestTokens.owner("nobody")).ask(VIEWER);

		assertUnauthenticated(answer, "application/json");
		assertThat(answer.message()).contains("upsertAccounts");
	}

	@Test
	void namesTheScopeThatIsMissing() {
		Http.Answer answer = this.http.token(TestTokens.user(this.account, "ann", "settings:read"))
			.ask("{ viewer { scopes } bell { unseenCount } }");

		assertThat(answer.code()).isEqualTo("FORBIDDEN");
		assertThat(answer.json().at("/errors/0/extensions/scope").asString()).isEqualTo("notifications:read");
		assertThat(answer.json().at("/data/bell").isNull()).isTrue();
		assertThat(answer.json().at("/data/viewer/scopes/0").asString()).isEqualTo("settings:read");
	}

	@Test
	void givesACodeToWhatIsNotGraphQl() {
		assertThat(owner().ask("{ viewer {").code()).isEqualTo("GRAPHQL_PARSE_FAILED");
		assertThat(owner().ask("{ nothing }").code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
		assertThat(owner().ask("query q($n: Int!) { node(id: 1) { id } }").code())
			.isEqualTo("GRAPHQL_VALIDATION_FAILED");
	}

	@Test
	void showsNoClassNamesInErrors() {
		for (String variables : new String[] { "{\"id\": {\"a\": 1}}", "{\"id\": [1, 2]}", "{\"id\": 1.5}", "{}" }) {
			Http.Answer answer = owner().post(
					"{\"query\": \"query q($id: String!, $c: Cursor) { jobNotifications(after: $c, filter: {search: $id}) { cursor } }\", \"variables\": "
							+ variables + "}");

			assertThat(answer.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
			assertThat(answer.message()).doesNotContainPattern("Map|List|java|graphql|Value\\{|Integer|BigDecimal");
		}
		Http.Answer literal = owner().ask("{ jobNotifications(first: \"one\", after: 1) { cursor } }");
		assertThat(literal.body()).doesNotContain("Value{").doesNotContain("graphql.");
	}

	@Test
	void refusesASubscriptionOverPlainHttp() {
		Http.Answer answer = owner().ask("subscription { bell { unseenCount } }");

		assertThat(answer.code()).isEqualTo("SUBSCRIPTION_TRANSPORT");
	}

	@Test
	void refusesABodyThatIsTooLarge() {
		Http.Answer answer = owner().post("{\"query\": \"" + "x".repeat(65 << 20) + "\"}");

		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.code()).isEqualTo("PAYLOAD_TOO_LARGE");
	}

	@Test
	void refusesABodyThatIsNoRequest() {
		for (String body : new String[] { "", "nonsense", "[]", "{}", "{\"query\": 1", "{\"query\": {}}", "\"query\"",
				"{\"query\": \"{ viewer { scopes } }\", \"variables\": 1}" }) {
			Http.Answer answer = owner().post(body);

			assertThat(answer.status()).as(body).isEqualTo(400);
			assertThat(answer.code()).as(body).isEqualTo("BAD_USER_INPUT");
		}
	}

	@Test
	void tellsNothingOfUnknownPaths() {
		for (String path : new String[] { "/nothing", "/actuator", "/actuator/env", "/actuator/prometheus", "/",
				"/demo/token", "/graphiql" }) {
			assertThat(this.http.get(path).status()).as(path).isEqualTo(404);
			assertThat(this.http.get(path).body()).as(path).isEmpty();
		}
	}

	@Test
	void showsHealthToEveryoneAndMetricsToNoCustomer() {
		assertThat(owner().get("/actuator/prometheus").status()).isEqualTo(404);
		assertThat(this.http.get("/actuator/health/readiness").status()).isEqualTo(200);
	}

	@Test
	void sendsStrictHeaders() {
		Map<String, java.util.List<String>> headers = this.http.get("/nothing").headers();

		assertThat(headers.get("content-security-policy").get(0)).startsWith("default-src 'none'");
		assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
	}

	@Test
	void refusesOperationsBeyondTheLimits() {
		String wide = IntStream.range(0, 31)
			.mapToObj((i) -> "a" + i + ": viewer { scopes }")
			.collect(Collectors.joining(" "));
		String bomb = "fragment f0 on Integration { id }" + IntStream.range(1, 7)
			.mapToObj((i) -> " fragment f" + i + " on Integration { ...a" + i + " ...b" + i + " } " + nested("a", i)
					+ nested("b", i))
			.collect(Collectors.joining());
		String deep = "recentJobNotifications(first: 1) { integration { ".repeat(8) + "id" + " } }".repeat(8);

		assertThat(owner().ask("{" + wide + "}").message()).contains("30 fields at its root");
		assertThat(owner().ask("{ integration(id: 1) { " + deep + " } }").message()).contains("15 levels");
		assertThat(owner().ask("{ integration(id: 1) { ...f6 } }" + bomb).code())
			.isEqualTo("GRAPHQL_VALIDATION_FAILED");
	}

	/** A page within another counts as often as there may be it. */
	@Test
	void refusesToFillManyPagesAtOnce() {
		String most = "{ alerts(first: 100) { nodes { versions(first: 49) { nodes { version } } } } }";
		String pages = IntStream.range(0, 9)
			.mapToObj((i) -> "a" + i + ": alerts { edges { node { versions { ...v } } } }")
			.collect(Collectors.joining(" "));
		String versions = "fragment v on AlertVersionConnection { nodes { version } }";

		assertThat(owner().ask(most).json().has("errors")).isFalse();
		assertThat(owner().ask(most.replace("49", "50")).message()).contains("5000 items");
		assertThat(owner().ask("{ " + pages + " } " + versions).message()).contains("5000 items");
		assertThat(owner()
			.ask("query q($many: Int) { alerts(first: $many) { nodes { versions(first: $many) { ...v } } } } "
					+ versions, Map.of("many", 100))
			.message()).contains("5000 items");
	}

	/** These answered 42 and 100 MB, and counted as nothing and as two items. */
	@Test
	void refusesListsThatMultiplyLikePages() {
		String nested = "recentJobNotifications(first: 25) { integration { ".repeat(3) + "id" + " } }".repeat(3);
		String ids = IntStream.range(0, 100).mapToObj((i) -> "\"x\"").collect(Collectors.joining(","));
		String messages = "nodes(ids: [" + ids
				+ "]) { ... on JobNotification { messages(first: 51) { nodes { text } } } }";
		String unknown = "alerts(first: 100) { nodes { versions(first: 40) { nodes { "
				+ "changes { part } recipients { kind } } } } }";

		assertThat(owner().ask("{ integration(id: 1) { " + nested + " } }").message()).contains("5000 items");
		assertThat(owner().ask("{ " + messages + " }").message()).contains("5000 items");
		assertThat(owner()
			.ask("query q($ids: [ID!]!) { " + messages.replaceAll("\\[[^]]*]", "\\$ids") + " }",
					Map.of("ids", Collections.nCopies(100, "x")))
			.message()).contains("5000 items");
		assertThat(owner().ask("{ " + messages.replace("51", "48") + " }").json().has("errors")).isFalse();
		assertThat(owner().ask("{ " + unknown + " }").message()).contains("20000 items");
	}

	/**
	 * An answer is as long as its input; ten texts of a list are as much as an object.
	 */
	@Test
	void countsEachListAsTheSchemaSays() {
		String mutation = "mutation($input: SetJobNotificationsReadInput!) { setJobNotificationsRead(input: $input) "
				+ "{ jobNotifications { messages(first: %d) { nodes { text } } } } }";
		Map<String, Object> input = Map.of("input", Map.of("ids", Collections.nCopies(100, "x"), "read", true));
		String lists = "recipientLists(first: 100) { nodes { addresses } } ";

		assertThat(owner().ask(mutation.formatted(50), input).message()).contains("5000 items");
		assertThat(owner().ask(mutation.formatted(49), input).message()).doesNotContain("items");
		assertThat(owner().ask("{ " + lists + " }").json().has("errors")).isFalse();
		assertThat(owner()
			.ask("{ " + IntStream.range(0, 10).mapToObj((i) -> "a" + i + ": " + lists).collect(Collectors.joining())
					+ " }")
			.message()).contains("20000 items");
	}

	@Test
	void takesNoListOfOperations() {
		String operation = "{\"query\": \"{ viewer { scopes } }\"}";

		for (String accept : List.of("application/json", "text/event-stream")) {
			Http.Answer answer = owner().with("Accept", accept).post("[" + operation + ", " + operation + "]");

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
			assertThat(answer.message()).contains("Several operations come one by one, not as a list.");
			assertThat(answer.json().has("data")).isFalse();
		}
	}

	@Test
	void answersNodesInOrderAndNullForOthers() {
		String id = owner().ask("{ viewer { account { id } } }").json().at("/data/viewer/account/id").asString();

		Http.Answer answer = owner()
			.ask("{ nodes(ids: [\"x\", \"" + id + "\"]) { __typename id } node(id: \"\") { id } }");

		assertThat(answer.json().at("/data/nodes/0").isNull()).isTrue();
		assertThat(answer.json().at("/data/nodes/1/__typename").asString()).isEqualTo("Account");
		assertThat(answer.json().at("/data/node").isNull()).isTrue();
	}

	@Test
	void refusesMoreThanAHundredNodes() {
		String ids = IntStream.range(0, 101).mapToObj((i) -> "\"" + i + "\"").collect(Collectors.joining(","));

		Http.Answer answer = owner().ask("{ nodes(ids: [" + ids + "]) { id } viewer { scopes } }");

		assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
		assertThat(answer.json().at("/errors/0/extensions/field/0").asString()).isEqualTo("ids");
	}

	@Test
	void answersAQueryOverServerSentEvents() {
		Http.Answer answer = owner().with("Accept", "text/event-stream").ask("{ nothing }");

		assertThat(answer.body()).contains("event: next")
			.contains("GRAPHQL_VALIDATION_FAILED")
			.contains("event: complete");
	}

	@Test
	void endsAnEventStreamWhenTheTokenExpires() {
		String ending = TestTokens.sign(Map.of("account", this.account, "sub", "ann", "scope", "notifications:read"),
				Duration.ofSeconds(-57));

		Http.Answer answer = this.http.token(ending)
			.with("Accept", "text/event-stream")
			.ask("subscription { bell { unseenCount } }");

		assertThat(answer.body()).contains("\"unseenCount\":0").contains("UNAUTHENTICATED");
	}

	private static String nested(String name, int level) {
		return " fragment " + name + level + " on Integration { "
				+ IntStream.range(0, 3)
					.mapToObj((i) -> name + i + ": recentJobNotifications { integration { ...f" + (level - 1) + " } } ")
					.collect(Collectors.joining())
				+ "}";
	}

	private Http owner() {
		return this.http.token(TestTokens.owner(this.account));
	}

	private static void assertUnauthenticated(Http.Answer answer, String type) {
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.type()).isEqualTo(type);
		assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
		assertThat(answer.message()).isNotEmpty().doesNotContain("Exception");
	}

}
