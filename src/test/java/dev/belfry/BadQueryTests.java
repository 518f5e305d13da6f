package dev.belfry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.graphql.relay.Cursors;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages, cursors, filters and searches that are wrong are refused with the name of what
 * is wrong.
 */
@BelfryTest
class BadQueryTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private Cursors cursors;

	private final String name = "query-" + UUID.randomUUID();

	private AccountId account;

	private Http owner;

	private String state;

	@BeforeEach
	void recordThree() {
		this.account = this.accounts.create(this.name);
		this.owner = Http.at(this.port).token(TestTokens.owner(this.name));
		this.owner.run("bell", Map.of());
		Http.at(this.port)
			.token(TestTokens.platform())
			.run("recordJobCompletions",
					Map.of("input", Map.of("account", this.name, "completions", Completions.of(3))));
		this.state = state();
	}

	@ParameterizedTest
	@CsvSource({ "first: 0,first", "first: -1,first", "first: 101,first", "last: 0,last", "last: -1,last",
			"last: 101,last", "'first: 1, last: 1',last", "first: -2147483648,first", "last: 2147483647,last" })
	void refusesPagesThatCannotBe(String arguments, String field) {
		for (String list : List.of("jobNotifications", "integrations")) {
			Http.Answer answer = this.owner.ask("{ " + list + "(" + arguments + ") { nodes { id } } bell { id } }");

			assertRefused(answer, "BAD_USER_INPUT", field);
			assertThat(answer.json().at("/data/bell/id").isMissingNode()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "bell { recent(first: 26) { id } }", "bell { recent(first: 0) { id } }",
			"integrations { nodes { recentJobNotifications(first: 26) { id } } }",
			"jobNotifications { facets { integrations(first: 101) { count } } }",
			"jobNotifications { facets { origins(first: -1) { count } } }",
			"jobNotifications { nodes { messages(first: 101) { totalCount } } }" })
	void refusesPagesWithinOthersThatCannotBe(String fields) {
		Http.Answer answer = this.owner.ask("{ " + fields + " }");

		assertRefused(answer, "BAD_USER_INPUT", "first");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2147483648", "1.5", "\"1\"", "true", "[1, 2]", "{}" })
	void refusesANumberOfItemsThatIsNoInt(String first) {
		Http.Answer answer = this.owner.ask("{ jobNotifications(first: " + first + ") { cursor } }");

		assertThat(answer.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
		assertSaysNothingOfJava(answer);
	}

	@Test
	void refusesCursorsThatAreNotOfThisLog() {
		String foreign = this.cursors.encode(this.accounts.create(), 1);
		String future = this.cursors.encode(this.account, 4);
		String past = this.cursors.encode(this.account, -1);
		String own = this.cursors.encode(this.account, 2);
		for (String cursor : List.of("", "garbled", foreign, future, own + "A", own.substring(1), "\u0000", "\ud800",
				"é", "x".repeat(100_000), own + "=", this.cursors.encode(this.account, Long.MAX_VALUE))) {
			for (String argument : List.of("after", "before")) {
				Http.Answer answer = this.owner.run("jobNotifications", Map.of(argument, cursor));

				assertRefused(answer, "CURSOR_INVALID", argument);
			}
			assertMarksRefuse(cursor);
		}
		assertSaysNothingOfJava(this.owner.run("jobNotifications", Map.of("after", past)));
		assertThat(state()).isEqualTo(this.state);
	}

	@Test
	void refusesCursorsThatAreNotOfTheIntegrations() {
		for (String cursor : List.of("", "garbled", this.cursors.encode(this.account, 1), "\u0000")) {
			for (String argument : List.of("after", "before")) {
				Http.Answer answer = this.owner.run("integrations", Map.of(argument, cursor));

				assertRefused(answer, "CURSOR_INVALID", argument);
			}
		}
	}

	@Test
	void refusesACursorOverServerSentEvents() {
		for (String cursor : List.of("", "garbled", this.cursors.encode(this.account, 4))) {
			Http.Answer answer = this.owner.with("Accept", "text/event-stream")
				.run("jobNotificationFeed", Map.of("since", cursor));

			assertThat(answer.body()).contains("CURSOR_INVALID").contains("\"field\":[\"since\"]");
			assertSaysNothingOfJava(answer);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "& | ! ( ) <-> :*", "'", "''", "\\", "%", "_", "-", "\"", "*", "$1", ";--", "\u0000",
			"\ud800", "\u200b", "!!!", "   ", "" })
	void asksNothingWithASearchWithoutLettersAndDigits(String search) {
		Http.Answer answer = this.owner.run("searchJobNotifications", Map.of("words", search));

		assertThat(count(answer)).isEqualTo(search.equals("$1") ? 0 : 3);
		assertSaysNothingOfJava(answer);
	}

	@ParameterizedTest
	@CsvSource({ "'main & | shop',3", "'MÁIN',3", "'sho:*',3", "'orders%',3", "'%rders',0", "'main'' or 1=1 --',0",
			"'main\ud83d\ude00shop',3", "'\ud83d\ude00\ud83d\ude00',3", "'shop \ud800',3" })
	void takesOperatorsInASearchAsWhatParts(String search, int found) {
		Http.Answer answer = this.owner.run("searchJobNotifications", Map.of("words", search));

		assertSaysNothingOfJava(answer);
		assertThat(count(answer)).isEqualTo(found);
	}

	@Test
	void refusesASearchThatIsTooLong() {
		for (String search : List.of("x".repeat(10_240), "x".repeat(501), "\ud83d\ude00".repeat(2_500),
				"a b c d e f g h i j k l m n o p q r s t u")) {
			Http.Answer answer = this.owner.run("jobNotifications", Map.of("filter", Map.of("search", search)));

			assertRefused(answer, "BAD_USER_INPUT", "filter", "search");
		}
	}

	@Test
	void takesASearchOfAsManyCharactersAsItMayHave() {
		Http.Answer answer = this.owner.run("searchJobNotifications", Map.of("words", "\ud83d\ude00".repeat(500)));

		assertThat(count(answer)).isEqualTo(3);
	}

	@Test
	void refusesFiltersWithTooMuch() {
		List<String> many = Collections.nCopies(101, "x");
		Map<String, Object> count = Map.of("name", "imported", "operator", "EQUALS", "value", 1);
		for (String list : List.of("operations", "integrationIds", "originIds")) {
			assertRefused(filtered(Map.of(list, many)), "BAD_USER_INPUT", "filter", list);
		}
		assertRefused(filtered(Map.of("counts", Collections.nCopies(11, count))), "BAD_USER_INPUT", "filter", "counts");
		assertRefused(
				filtered(Map.of("counts", List.of(Map.of("name", "x".repeat(101), "operator", "EQUALS", "value", 1)))),
				"BAD_USER_INPUT", "filter", "counts", "name");
	}

	@Test
	void findsNothingForNamesThatNothingHas() {
		for (String name : List.of("", "\u0000", "\ud800", "x".repeat(10_000), "'; drop", "=o:GET_ORDERS")) {
			assertThat(count(filtered(Map.of("operations", List.of(name))))).as(name).isZero();
			assertThat(count(filtered(Map.of("integrationIds", List.of(name))))).as(name).isZero();
			assertThat(count(filtered(Map.of("originIds", List.of(name))))).as(name).isZero();
		}
		for (String name : List.of("", "\u0000", "\ud800", "$.x\" || true || \"", "imported\" == 3 || @.\"x")) {
			assertThat(count(
					filtered(Map.of("counts", List.of(Map.of("name", name, "operator", "AT_LEAST", "value", 0))))))
				.as(name)
				.isZero();
		}
	}

	@Test
	void findsNothingInARangeThatIsEmptyOrTurnedRound() {
		for (String field : List.of("recordedAt", "finishedAt")) {
			for (Map<String, Object> range : List.<Map<String, Object>>of(Map.of("from", "9999-12-31T23:59:59Z"),
					Map.of("to", "0000-01-01T00:00:00Z"),
					Map.of("from", "2027-01-01T00:00:00Z", "to", "2026-01-01T00:00:00Z"))) {
				Http.Answer answer = filtered(Map.of(field, range));

				assertSaysNothingOfJava(answer);
				assertThat(count(answer)).as("%s %s", field, range).isZero();
			}
		}
	}

	@Test
	void refusesIdsThatNothingHasInAMark() {
		for (String id : List.of("", "garbled", "\u0000", "\ud800", "x".repeat(10_000))) {
			Http.Answer answer = this.owner.run("setJobNotificationsRead",
					Map.of("input", Map.of("ids", List.of(job(), id), "read", true)));

			assertThat(userErrors(answer, "setJobNotificationsRead")).containsExactly("NOT_FOUND ids.1");
		}
		for (int number : List.of(0, 101)) {
			Http.Answer answer = this.owner.run("setJobNotificationsRead",
					Map.of("input", Map.of("ids", Collections.nCopies(number, job()), "read", true)));

			assertRefused(answer, "BAD_USER_INPUT", "input", "ids");
		}
		assertThat(state()).isEqualTo(this.state);
	}

	@Test
	void refusesIdempotencyKeysThatCannotBe() {
		String end = this.cursors.encode(this.account, 3);
		Map<String, String> codes = Map.of("", "REQUIRED", "\u0000", "INVALID", "\ud800", "INVALID", "x".repeat(256),
				"TOO_LONG");
		codes.forEach((key, code) -> {
			Http.Answer answer = this.owner.run("markBellSeen",
					Map.of("input", Map.of("through", end, "idempotencyKey", key)));

			assertThat(userErrors(answer, "markBellSeen")).containsExactly(code + " idempotencyKey");
		});
		assertThat(state()).isEqualTo(this.state);
	}

	private void assertMarksRefuse(String cursor) {
		for (String mark : List.of("markBellSeen", "markAllJobNotificationsRead")) {
			Http.Answer answer = this.owner.run(mark, Map.of("input", Map.of("through", cursor)));

			assertThat(userErrors(answer, mark)).as(cursor).containsExactly("CURSOR_INVALID through");
			assertThat(answer.json().at("/data/" + mark + "/bell").isNull()).isTrue();
		}
	}

	private Http.Answer filtered(Map<String, Object> filter) {
		return this.owner.run("jobNotifications", Map.of("filter", filter));
	}

	private String job() {
		return this.owner.ask("{ jobNotifications { nodes { id } } }")
			.json()
			.at("/data/jobNotifications/nodes/0/id")
			.asString();
	}

	private String state() {
		return this.owner.ask(
				"{ bell { unseenCount unreadCount cursor seenThrough readThrough } jobNotifications { nodes { id read } } }")
			.body();
	}

	private static int count(Http.Answer answer) {
		return answer.json().at("/data/jobNotifications/totalCount").asInt(-1);
	}

	private static List<String> userErrors(Http.Answer answer, String mutation) {
		assertSaysNothingOfJava(answer);
		return answer.json()
			.at("/data/" + mutation + "/userErrors")
			.valueStream()
			.map((error) -> error.get("code").asString() + " "
					+ String.join(".", error.get("field").valueStream().map(JsonNode::asString).toList()))
			.toList();
	}

	private static void assertRefused(Http.Answer answer, String code, String... field) {
		assertThat(answer.code()).as(answer.body()).isEqualTo(code);
		assertThat(answer.field()).containsExactly(field);
		assertSaysNothingOfJava(answer);
	}

	private static void assertSaysNothingOfJava(Http.Answer answer) {
		assertThat(answer.body()).doesNotContain("INTERNAL_ERROR")
			.doesNotContainPattern("Exception|dev\\.belfry|graphql\\.|select |insert |\\bat java");
	}

}
