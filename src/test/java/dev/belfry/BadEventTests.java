package dev.belfry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.Http;
import dev.belfry.testing.RandomJson;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that are wrong are refused with the name of what is wrong, and change nothing.
 */
@BelfryTest
class BadEventTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "bad-" + UUID.randomUUID();

	private Http platform;

	private Http owner;

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
		this.platform = Http.at(this.port).token(TestTokens.platform());
		this.owner = Http.at(this.port).token(TestTokens.owner(this.account));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 501 })
	void refusesACallOfNoneOrTooMany(int number) {
		Http.Answer answer = publish(Events.of(number));

		assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
		assertThat(answer.field()).containsExactly("input", "events");
		assertLogged(answer, 0);
	}

	@Test
	void recordsAsManyAsACallMayHave() {
		Http.Answer answer = publish(Events.of(500));

		assertThat(statuses(answer)).hasSize(500).containsOnly("RECORDED");
	}

	@Test
	void recordsTheGoodOnesWhenOnePayloadDoesNotFit() {
		Map<String, Object> order = Map.of("number", "NW-1", "channel", "Web", "currency", "USD", "total", 1, "lines",
				List.of(Map.of("title", "Mug", "quantity", 1, "price", 1)), "shipping", Map.of("country", "US"));

		Http.Answer answer = publish(List.of(Events.one(), Events.one("bad", "ORDER_IMPORTED", Map.of("order", order)),
				Events.one(), Events.one("unknown", "ORDER_IMPORTD")));

		assertThat(statuses(answer)).containsExactly("RECORDED", "REJECTED", "RECORDED", "REJECTED");
		assertThat(errors(answer, 1)).containsExactly("REQUIRED events.1.payload.order.lines.0.sku");
		assertThat(errors(answer, 3)).containsExactly("INVALID events.3.type");
		assertThat(answer.json().at("/data/publishEvents/results/3/userErrors/0/message").asString())
			.contains("Did you mean ORDER_IMPORTED?");
		assertLogged(answer, 2);
	}

	@Test
	void reportsAllThatIsWrongWithAnEventAtOnce() {
		Map<String, Object> bad = with("eventId", " ");
		bad.put("occurredAt", "1999-12-31T23:59:59Z");
		bad.put("payload", Map.of("order", Map.of("number", 7), "extra", true));

		Http.Answer answer = publish(List.of(bad));

		assertThat(errors(answer, 0)).contains("REQUIRED events.0.eventId", "OUT_OF_RANGE events.0.occurredAt",
				"INVALID events.0.payload.extra", "INVALID events.0.payload.order.number",
				"REQUIRED events.0.payload.order.total", "REQUIRED events.0.payload.order.shipping.country");
		assertLogged(answer, 0);
	}

	@Test
	void refusesIdsThatAreEmptyTooLongOrNotUnicode() {
		Http.Answer answer = publish(List.of(with("eventId", ""), with("eventId", "x".repeat(256)),
				with("eventId", "a\u0000"), with("eventId", "\ud800"), with("eventId", "\ud83d\ude00".repeat(255))));

		assertThat(statuses(answer)).containsExactly("REJECTED", "REJECTED", "REJECTED", "REJECTED", "RECORDED");
		assertThat(errors(answer, 0)).containsExactly("REQUIRED events.0.eventId");
		assertThat(errors(answer, 1)).containsExactly("TOO_LONG events.1.eventId");
		assertThat(errors(answer, 2)).containsExactly("INVALID events.2.eventId");
		assertThat(errors(answer, 3)).containsExactly("INVALID events.3.eventId");
	}

	@Test
	void refusesIdsThatLookLikeOthersAndThoseOfItsOwnEvents() {
		Http.Answer answer = publish(List.of(with("eventId", "event 1 "), with("eventId", "\tevent 1"),
				with("eventId", "event\u200b 1"), with("eventId", "overdue:GET_ORDERS:1:30m:0")));

		for (int i = 0; i < 4; i++) {
			assertThat(errors(answer, i)).containsExactly("INVALID events." + i + ".eventId");
		}
		assertLogged(answer, 0);
	}

	@Test
	void takesNoTimesThatCannotBe() {
		Http.Answer answer = publish(List.of(with("occurredAt", Instant.now().plusSeconds(330).toString()),
				with("occurredAt", "1999-12-31T23:59:59.999999Z"), with("occurredAt", "2000-01-01T00:00:00Z"),
				with("occurredAt", Instant.now().plusSeconds(240).toString())));

		assertThat(statuses(answer)).containsExactly("REJECTED", "REJECTED", "RECORDED", "RECORDED");
		assertThat(errors(answer, 0)).containsExactly("OUT_OF_RANGE events.0.occurredAt");
		assertThat(errors(answer, 1)).containsExactly("OUT_OF_RANGE events.1.occurredAt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nothing", "order_imported", "JOB_COMPLETED", "\u0000", "\ud800" })
	void refusesATypeThatNobodyPublishes(String type) {
		Http.Answer answer = publish(List.of(with("type", type)));

		assertThat(errors(answer, 0)).containsExactly("INVALID events.0.type");
		assertLogged(answer, 0);
	}

	@Test
	void refusesACallOfMoreThan4MiB() {
		Map<String, Object> order = orderOf(30);
		List<Map<String, Object>> events = new ArrayList<>();
		while (events.size() < 69) {
			events.add(with("payload", Map.of("order", order)));
		}

		Http.Answer answer = publish(events);

		assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
		assertThat(answer.field()).containsExactly("input", "events");
		assertLogged(answer, 0);
		assertThat(statuses(publish(events.subList(0, 66)))).hasSize(66).containsOnly("RECORDED");
	}

	@Test
	void refusesAPayloadOfMoreThan64KiB() {
		Http.Answer largest = publish(List.of(with("payload", Map.of("order", orderOf(31)))));
		Http.Answer answer = publish(List.of(with("payload", Map.of("order", orderOf(33)))));

		assertThat(statuses(largest)).containsExactly("RECORDED");
		assertThat(errors(answer, 0)).containsExactly("TOO_LONG events.0.payload");
		assertLogged(answer, 1);
	}

	@Test
	void takesAnEventOnceThoughACallHasItTwice() {
		Map<String, Object> first = Events.one("event-1");

		Http.Answer answer = publish(List.of(first, first, Events.one("event-1", "PRICE_UPDATED")));

		assertThat(statuses(answer)).containsExactly("RECORDED", "DUPLICATE", "REJECTED");
		assertThat(errors(answer, 2)).containsExactly("IDEMPOTENCY_CONFLICT events.2.eventId");
		assertLogged(answer, 1);
	}

	@Test
	void doesNotRememberAnEventThatWasRefused() {
		publish(List.of(Events.one("event-1", "PRICE_UPDATED", Map.of())));

		Http.Answer answer = publish(List.of(Events.one("event-1", "PRICE_UPDATED")));

		assertThat(statuses(answer)).containsExactly("RECORDED");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void answersEachOf500RandomPayloadsWithWhatIsWrongWithIt(long seed) {
		RandomJson random = new RandomJson(seed);
		List<String> types = EventTypes.all().stream().map((type) -> type.key()).toList();
		List<Map<String, Object>> events = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			String type = types.get(i % types.size());
			events.add(Events.one("event-" + i, type,
					(i % 2 == 0) ? random.value() : random.spoil(EventTypes.named(type).sample())));
		}

		Http.Answer answer = publish(events);

		assertThat(answer.code()).isEmpty();
		assertThat(statuses(answer)).hasSize(500).contains("RECORDED", "REJECTED");
		for (int i = 0; i < 500; i++) {
			JsonNode result = answer.json().at("/data/publishEvents/results/" + i);
			assertThat(result.get("userErrors").isEmpty())
				.isEqualTo(result.get("status").asString().equals("RECORDED"));
			assertThat(errors(answer, i)).hasSizeLessThanOrEqualTo(21).allMatch(startsWith("events." + i));
		}
		assertLogged(answer, Collections.frequency(statuses(answer), "RECORDED"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e99999999999", "-1e-99999999999", "1e2147483648", "NaN", "Infinity", "01", "1.", ".5",
			"9999999999e2147483647" })
	void givesATypedAnswerToNumbersThatAreNone(String number) {
		assertTyped("{\"product\":{\"sku\":\"A\",\"title\":\"T\",\"currency\":\"USD\",\"oldPrice\":1,\"newPrice\":"
				+ number + "}}");
	}

	@ParameterizedTest
	@ValueSource(ints = { 300, 5_000 })
	void givesATypedAnswerToPayloadsThatAreDeep(int depth) {
		assertTyped("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"\\ud800\":1}", "{\"\":1}", "{\"a\":1,\"a\":2}", "{\"\\u0000\":1}" })
	void givesATypedAnswerToNamesThatAreNone(String payload) {
		assertTyped(payload);
	}

	/** In a variable, and as a literal of GraphQL. */
	private void assertTyped(String payload) {
		String event = "{\"eventId\":\"event-1\",\"type\":\"PRICE_UPDATED\",\"occurredAt\":\"2026-03-01T09:00:00Z\",\"payload\":"
				+ payload + "}";
		String document = "mutation($input: PublishEventsInput!) { publishEvents(input: $input) { results { status } } }";

		Http.Answer variable = this.platform.post("{\"query\":\"" + document
				+ "\",\"variables\":{\"input\":{\"account\":\"" + this.account + "\",\"events\":[" + event + "]}}}");
		Http.Answer literal = this.platform.ask("mutation { publishEvents(input: { account: \"" + this.account
				+ "\", events: [" + event.replaceAll("\"(\\w+)\":", "$1:") + "] }) { results { status } } }");

		for (Http.Answer answer : List.of(variable, literal)) {
			assertThat(answer.code().isEmpty() ? statuses(answer).get(0) : answer.code()).isIn("REJECTED",
					"BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED");
			assertLogged(answer, 0);
		}
	}

	@Test
	void saysThatAnAccountIsMissingOrUnknown() {
		Http.Answer none = this.platform.run("publishEvents", Map.of("input", Map.of("events", Events.of(1))));
		Http.Answer unknown = this.platform.run("publishEvents",
				Map.of("input", Map.of("account", "nobody", "events", Events.of(1))));

		assertThat(userErrors(none.json().at("/data/publishEvents/userErrors"))).containsExactly("REQUIRED account");
		assertThat(userErrors(unknown.json().at("/data/publishEvents/userErrors")))
			.containsExactly("NOT_FOUND account");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 101, Integer.MAX_VALUE })
	void refusesPagesThatCannotBe(int first) {
		Http.Answer answer = this.owner.run("platformEvents", Map.of("first", first));

		assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
		assertThat(answer.field()).containsExactly("first");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbled", "\u0000", "\ud800" })
	void refusesCursorsThatAreNotOfTheEvents(String cursor) {
		Http.Answer answer = this.owner.run("platformEvents", Map.of("after", cursor));

		assertThat(answer.code()).isEqualTo("CURSOR_INVALID");
		assertThat(answer.field()).containsExactly("after");
	}

	private Http.Answer publish(List<Map<String, Object>> events) {
		return this.platform.run("publishEvents", Map.of("input", Map.of("account", this.account, "events", events)));
	}

	private void assertLogged(Http.Answer answer, int number) {
		assertThat(answer.body()).doesNotContain("INTERNAL_ERROR")
			.doesNotContainPattern("Exception|dev\\.belfry|select |insert |\\bat java");
		int logged = 0;
		Map<String, Object> page = new HashMap<>(Map.of("first", 100));
		JsonNode found = this.owner.run("platformEvents", page).json().at("/data/platformEvents");
		logged += found.at("/edges").size();
		while (found.at("/pageInfo/hasNextPage").asBoolean()) {
			page.put("after", found.at("/pageInfo/endCursor").asString());
			found = this.owner.run("platformEvents", page).json().at("/data/platformEvents");
			logged += found.at("/edges").size();
		}
		assertThat(logged).isEqualTo(number);
	}

	private static List<String> statuses(Http.Answer answer) {
		return answer.json()
			.at("/data/publishEvents/results")
			.valueStream()
			.map((result) -> result.get("status").asString())
			.toList();
	}

	private static List<String> errors(Http.Answer answer, int index) {
		return userErrors(answer.json().at("/data/publishEvents/results/" + index + "/userErrors"));
	}

	private static List<String> userErrors(JsonNode errors) {
		return errors.valueStream()
			.map((error) -> error.get("code").asString() + " "
					+ String.join(".", error.get("field").valueStream().map(JsonNode::asString).toList()))
			.toList();
	}

	private static java.util.function.Predicate<String> startsWith(String path) {
		return (error) -> error.substring(error.indexOf(' ') + 1)
			.matches(java.util.regex.Pattern.quote(path) + "(\\..*)?");
	}

	private static Map<String, Object> with(String field, Object value) {
		Map<String, Object> event = new HashMap<>(Events.one());
		event.put(field, value);
		return event;
	}

	/** An order with so many lines of two thousand letters. */
	private static Map<String, Object> orderOf(int lines) {
		Map<String, Object> line = Map.of("sku", "S", "title", "x".repeat(2_000), "quantity", 1, "price", 1);
		return Map.of("number", "NW-1", "channel", "Web", "currency", "USD", "total", 1, "shipping",
				Map.of("country", "US"), "lines", Collections.nCopies(lines, line));
	}

}
