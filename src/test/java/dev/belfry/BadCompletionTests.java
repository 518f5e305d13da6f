package dev.belfry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Completions that are wrong are refused with the name of what is wrong, and change
 * nothing.
 */
@BelfryTest
class BadCompletionTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "bad-" + UUID.randomUUID();

	private Http platform;

	private Http owner;

	private String end;

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
		this.platform = Http.at(this.port).token(TestTokens.platform());
		this.owner = Http.at(this.port).token(TestTokens.owner(this.account));
		this.end = end();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 501 })
	void refusesACallOfNoneOrTooMany(int number) {
		Http.Answer answer = record(Completions.of(number));

		assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
		assertThat(answer.field()).containsExactly("input", "completions");
		assertThat(answer.json().at("/data/recordJobCompletions").isNull()).isTrue();
		assertNothingChanged(answer);
	}

	@Test
	void recordsAsManyAsACallMayHave() {
		Http.Answer answer = record(Completions.of(500));

		assertThat(statuses(answer)).hasSize(500).containsOnly("RECORDED");
	}

	@Test
	void recordsTheGoodOnesAndReportsTheBadOnesByIndex() {
		Http.Answer answer = record(List.of(Completions.one(), with("runId", ""), Completions.one(),
				with("finishedAt", "2026-02-01T00:00:00Z")));

		assertThat(statuses(answer)).containsExactly("RECORDED", "REJECTED", "RECORDED", "REJECTED");
		assertThat(errors(answer, 1)).containsExactly("REQUIRED completions.1.runId");
		assertThat(errors(answer, 3)).containsExactly("OUT_OF_RANGE completions.3.finishedAt");
		assertThat(answer.json().at("/data/recordJobCompletions/results/1/jobNotification").isNull()).isTrue();
		assertThat(this.owner.ask("{ jobNotifications { totalCount } }")
			.json()
			.at("/data/jobNotifications/totalCount")
			.asInt()).isEqualTo(2);
	}

	@Test
	void reportsAllThatIsWrongWithAnItemAtOnce() {
		Map<String, Object> bad = with("runId", " ");
		bad.put("operation", "x".repeat(101));
		bad.put("counts", List.of(Map.of("name", "a\u0000", "value", -1)));

		Http.Answer answer = record(List.of(bad));

		assertThat(errors(answer, 0)).containsExactlyInAnyOrder("REQUIRED completions.0.runId",
				"TOO_LONG completions.0.operation", "INVALID completions.0.counts.0.name",
				"OUT_OF_RANGE completions.0.counts.0.value");
		assertNothingChanged(answer);
	}

	@ParameterizedTest
	@MethodSource
	void refusesTextsThatAreEmptyTooLongOrNotUnicode(String field, Map<String, Object> bad, String code) {
		Http.Answer answer = record(List.of(bad));

		assertThat(statuses(answer)).containsExactly("REJECTED");
		assertThat(errors(answer, 0)).containsExactly(code + " completions.0." + field);
		assertNothingChanged(answer);
	}

	static List<Object[]> refusesTextsThatAreEmptyTooLongOrNotUnicode() {
		Map<String, Integer> longest = Map.of("runId", 255, "operation", 100, "integration.externalId", 255,
				"integration.name", 255, "integration.origin.externalId", 255, "integration.origin.name", 255,
				"counts.0.name", 100, "messages.0.text", 500, "messages.0.reference", 100);
		List<Object[]> cases = new ArrayList<>();
		longest.forEach((field, most) -> {
			if (!field.endsWith("reference")) {
				cases.add(new Object[] { field, put(field, ""), "REQUIRED" });
				cases.add(new Object[] { field, put(field, " \t\n "), "REQUIRED" });
				cases.add(new Object[] { field, put(field, "\u00a0\u200b"), "REQUIRED" });
			}
			cases.add(new Object[] { field, put(field, "x".repeat(most + 1)), "TOO_LONG" });
			cases.add(new Object[] { field, put(field, "x".repeat(100_000)), "TOO_LONG" });
			for (String text : List.of("a\u0000b", "a\ud800", "\udc00b", "\udc00\ud800")) {
				cases.add(new Object[] { field, put(field, text), "INVALID" });
			}
		});
		return cases;
	}

	@ParameterizedTest
	@ValueSource(strings = { "runId", "operation", "integration.externalId", "integration.origin.externalId",
			"counts.0.name" })
	void refusesKeysAndIdsThatLookLikeOthers(String field) {
		List<Map<String, Object>> bad = Stream
			.of("ORDERS ", " ORDERS", "ORDERS\n", "OR\tDERS", "OR\u200bDERS", "OR\u00a0DERS", "\ufeffORDERS",
					"OR\u0007DERS", "OR\u0085DERS")
			.map((text) -> put(field, text))
			.toList();

		Http.Answer answer = record(bad);

		for (int i = 0; i < bad.size(); i++) {
			assertThat(errors(answer, i)).containsExactly("INVALID completions." + i + "." + field);
		}
		assertNothingChanged(answer);
		assertThat(errors(record(List.of(put(field, "GET ORDERS"))), 0)).containsExactlyElementsOf(
				field.equals("operation") ? List.of("INVALID completions.0.operation") : List.of());
	}

	@Test
	void takesTextsOfEveryScriptUpToTheirLimit() {
		Map<String, Object> emoji = put("integration.name", "\ud83d\ude00".repeat(255));
		emoji.put("operation", "Größe_%_'\"\\;drop_table");

		Http.Answer answer = record(List.of(emoji));

		assertThat(statuses(answer)).containsExactly("RECORDED");
	}

	@Test
	void takesNoTimesThatCannotBe() {
		Http.Answer answer = record(
				List.of(with("finishedAt", "2026-03-01T08:59:59.999999Z"), with("finishedAt", "9999-12-31T23:59:59Z"),
						with("finishedAt", Instant.now().plusSeconds(330).toString()),
						with("startedAt", "1999-12-31T23:59:59Z"), with("startedAt", "0000-01-01T00:00:00Z")));

		assertThat(statuses(answer)).containsOnly("REJECTED");
		for (int i = 0; i < 3; i++) {
			assertThat(errors(answer, i)).containsExactly("OUT_OF_RANGE completions." + i + ".finishedAt");
		}
		assertThat(errors(answer, 3)).containsExactly("OUT_OF_RANGE completions.3.startedAt");
		assertThat(errors(answer, 4)).containsExactly("OUT_OF_RANGE completions.4.startedAt");
		assertNothingChanged(answer);
	}

	@Test
	void takesAFinishThatIsAFewMinutesAhead() {
		Http.Answer answer = record(List.of(with("finishedAt", Instant.now().plusSeconds(240).toString())));

		assertThat(statuses(answer)).containsExactly("RECORDED");
	}

	@Test
	void refusesTheCallForATimeThatIsNone() {
		for (String time : List.of("", "yesterday", "2026-02-30T00:00:00Z", "2026-03-01", "10000-01-01T00:00:00Z",
				"2026-03-01T09:00:00")) {
			Http.Answer answer = record(List.of(Completions.one(), with("finishedAt", time)));

			assertThat(answer.code()).as(time).isEqualTo("GRAPHQL_VALIDATION_FAILED");
			assertNothingChanged(answer);
		}
	}

	@Test
	void takesARunOnceThoughABatchHasItTwice() {
		Map<String, Object> first = Completions.one("run-1", "SUCCEEDED");

		Http.Answer answer = record(List.of(first, first, Completions.one("run-1", "FAILED")));

		assertThat(statuses(answer)).containsExactly("RECORDED", "DUPLICATE", "REJECTED");
		assertThat(errors(answer, 2)).containsExactly("IDEMPOTENCY_CONFLICT completions.2.runId");
		assertThat(answer.json().at("/data/recordJobCompletions/results/1/jobNotification/id"))
			.isEqualTo(answer.json().at("/data/recordJobCompletions/results/0/jobNotification/id"));
	}

	@Test
	void keepsTheFirstOfARunThatComesAgainLater() {
		record(List.of(Completions.one("run-1", "SUCCEEDED")));
		this.end = end();

		Http.Answer same = record(List.of(Completions.one("run-1", "SUCCEEDED")));
		Http.Answer other = record(List.of(Completions.one("run-1", "FAILED")));

		assertThat(statuses(same)).containsExactly("DUPLICATE");
		assertThat(errors(other, 0)).containsExactly("IDEMPOTENCY_CONFLICT completions.0.runId");
		assertNothingChanged(other);
	}

	@Test
	void refusesCountsThatAreNegativeRepeatedOrTooMany() {
		List<Map<String, Object>> many = IntStream.range(0, 10_000)
			.mapToObj((i) -> Map.<String, Object>of("name", "count" + i, "value", i))
			.toList();

		Http.Answer answer = record(List.of(with("counts", List.of(count(-1))), with("counts", many),
				with("counts", List.of(count(1), count(1))), with("counts", many.subList(0, 33)),
				with("messages", Collections.nCopies(51, Map.of("severity", "INFO", "text", "x")))));

		assertThat(errors(answer, 0)).containsExactly("OUT_OF_RANGE completions.0.counts.0.value");
		assertThat(errors(answer, 1)).containsExactly("TOO_MANY completions.1.counts");
		assertThat(errors(answer, 2)).containsExactly("REPEATED completions.2.counts.1.name");
		assertThat(errors(answer, 3)).containsExactly("TOO_MANY completions.3.counts");
		assertThat(errors(answer, 4)).containsExactly("TOO_MANY completions.4.messages");
		assertNothingChanged(answer);
	}

	@Test
	void refusesTheCallForACountBeyondLong() {
		for (Object value : List.of(9_007_199_254_740_992L, Long.MAX_VALUE, new BigInteger("9".repeat(30)), 1.5, "1",
				List.of(1), true, new BigDecimal("1e400"))) {
			Http.Answer answer = record(List.of(with("counts", List.of(Map.of("name", "imported", "value", value)))));

			assertThat(answer.code()).as("%s", value).isEqualTo("GRAPHQL_VALIDATION_FAILED");
			assertNothingChanged(answer);
		}
	}

	@Test
	void takesTheGreatestLong() {
		Http.Answer answer = record(
				List.of(with("counts", List.of(Map.of("name", "imported", "value", 9_007_199_254_740_991L)))));

		assertThat(statuses(answer)).containsExactly("RECORDED");
	}

	@Test
	void givesAnUnknownOperationAReadableName() {
		Http.Answer answer = record(List.of(with("operation", "SYNC_LOYALTY_POINTS")));

		assertThat(statuses(answer)).containsExactly("RECORDED");
		assertThat(this.owner.ask("{ jobNotifications { nodes { operation { key name } } } }")
			.json()
			.at("/data/jobNotifications/nodes/0/operation")
			.toString()).isEqualTo("{\"key\":\"SYNC_LOYALTY_POINTS\",\"name\":\"Sync Loyalty Points\"}");
	}

	@Test
	void saysThatAnAccountIsMissingOrUnknown() {
		for (String name : List.of("nobody", "", "a\u0000", "\ud800", "x".repeat(10_000))) {
			Http.Answer answer = this.platform.run("recordJobCompletions",
					Map.of("input", Map.of("account", name, "completions", Completions.of(1))));

			assertThat(userErrors(answer.json().at("/data/recordJobCompletions/userErrors")))
				.containsExactly("NOT_FOUND account");
		}
		Http.Answer none = this.platform.run("recordJobCompletions",
				Map.of("input", Map.of("completions", Completions.of(1))));
		assertThat(userErrors(none.json().at("/data/recordJobCompletions/userErrors")))
			.containsExactly("REQUIRED account");
	}

	private Http.Answer record(List<? extends Map<String, Object>> completions) {
		return this.platform.run("recordJobCompletions",
				Map.of("input", Map.of("account", this.account, "completions", completions)));
	}

	private String end() {
		return this.owner.ask("{ bell { cursor } }").json().at("/data/bell/cursor").asString();
	}

	private void assertNothingChanged(Http.Answer answer) {
		assertThat(answer.body()).doesNotContain("INTERNAL_ERROR")
			.doesNotContainPattern("Exception|dev\\.belfry|select |insert |\\bat java");
		assertThat(end()).isEqualTo(this.end);
	}

	private static List<String> statuses(Http.Answer answer) {
		return answer.json()
			.at("/data/recordJobCompletions/results")
			.valueStream()
			.map((result) -> result.get("status").asString())
			.toList();
	}

	private static List<String> errors(Http.Answer answer, int index) {
		return userErrors(answer.json().at("/data/recordJobCompletions/results/" + index + "/userErrors"));
	}

	private static List<String> userErrors(JsonNode errors) {
		return errors.valueStream()
			.map((error) -> error.get("code").asString() + " "
					+ String.join(".", error.get("field").valueStream().map(JsonNode::asString).toList()))
			.toList();
	}

	private static Map<String, Object> count(long value) {
		return Map.of("name", "imported", "value", value);
	}

	private static Map<String, Object> with(String field, Object value) {
		Map<String, Object> completion = new HashMap<>(Completions.one());
		completion.put(field, value);
		return completion;
	}

	/** A completion that has everything, with a text in one of its fields. */
	private static Map<String, Object> put(String field, String text) {
		Map<String, Object> origin = new HashMap<>(Map.of("kind", "CHANNEL", "externalId", "c", "name", "C"));
		Map<String, Object> integration = new HashMap<>(Map.of("externalId", "s", "name", "S", "origin", origin));
		Map<String, Object> count = new HashMap<>(Map.of("name", "imported", "value", 1));
		Map<String, Object> message = new HashMap<>(Map.of("severity", "INFO", "text", "T", "reference", "R"));
		Map<String, Object> completion = with("integration", integration);
		completion.put("counts", List.of(count));
		completion.put("messages", List.of(message));
		String last = field.substring(field.lastIndexOf('.') + 1);
		String parent = field.contains(".") ? field.substring(0, field.lastIndexOf('.')) : "";
		Map.of("", completion, "integration", integration, "integration.origin", origin, "counts.0", count,
				"messages.0", message)
			.get(parent)
			.put(last, text);
		return completion;
	}

}
