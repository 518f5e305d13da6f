package dev.belfry.events.log;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.Http;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the platform publishes, people find as it was sent. */
@BelfryTest
class PublishTests {

	/** More digits than a double has. */
	private static final BigDecimal EXACT = new BigDecimal("12345678901234567890.123456789");

	private static final String PRODUCT = """
			{ product: { sku: "A", title: "T", currency: "USD", oldPrice: 12345678901234567890.123456789, newPrice: 9007199254740993 } }""";

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private EventLog log;

	private final String name = "events-" + UUID.randomUUID();

	private AccountId account;

	private Http platform;

	private Http owner;

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create(this.name);
		this.platform = Http.at(this.port).token(TestTokens.platform());
		this.owner = Http.at(this.port).token(TestTokens.owner(this.name));
	}

	@ParameterizedTest
	@MethodSource("publishable")
	void takesTheSampleThatATypeShows(EventType type) {
		JsonNode types = this.owner.run("eventTypes", Map.of()).json().at("/data/eventTypes");
		JsonNode sample = types.valueStream()
			.filter((shown) -> shown.get("key").asString().equals(type.key()))
			.findFirst()
			.orElseThrow()
			.get("sample");

		assertThat(statuses(publish(List.of(Events.one("event-1", type.key(), sample))))).containsExactly("RECORDED");

		JsonNode event = events(Map.of()).at("/edges/0/node");
		assertThat(event.get("payload")).isEqualTo(sample);
		assertThat(event.at("/type/key").asString()).isEqualTo(type.key());
		assertThat(event.at("/eventId").asString()).isEqualTo("event-1");
		assertThat(event.at("/occurredAt").asString()).isEqualTo("2026-03-01T09:00:00Z");
	}

	static List<EventType> publishable() {
		return EventTypes.all().stream().filter(EventType::publishable).toList();
	}

	@Test
	void answersTheSameCallAgainWithDuplicates() {
		List<Map<String, Object>> events = Events.of(3);

		assertThat(statuses(publish(events))).containsOnly("RECORDED").hasSize(3);
		assertThat(statuses(publish(events))).containsOnly("DUPLICATE").hasSize(3);
		assertThat(events(Map.of()).at("/edges").size()).isEqualTo(3);
	}

	@Test
	void takesAnEventForTheSameThoughItIsWrittenOtherwise() {
		publish(List.of(Events.one("event-1", "QUANTITY_UPDATED", quantity(new BigDecimal("7")))));

		assertThat(
				statuses(publish(List.of(Events.one("event-1", "QUANTITY_UPDATED", quantity(new BigDecimal("7.0")))))))
			.containsExactly("DUPLICATE");
		assertThat(statuses(publish(List.of(Events.one("event-1", "QUANTITY_UPDATED", quantity(new BigDecimal("8")))))))
			.containsExactly("REJECTED");
	}

	@ParameterizedTest
	@CsvSource({ "*/*", "text/event-stream" })
	void keepsNumbersExactlyOverHttp(String accept) {
		Http platform = this.platform.with("Accept", accept);

		platform.ask(document("$payload"), variables());
		platform.ask(document(PRODUCT));

		assertKeptExactly();
	}

	@Test
	void keepsNumbersExactlyOverAWebSocket() {
		try (RawWebSocket socket = RawWebSocket.connect(this.port).init(TestTokens.platform())) {
			socket.subscribe("1", document("$payload"), variables());
			assertThat(socket.message().toString()).contains("RECORDED");
			socket.message();
			socket.subscribe("2", document(PRODUCT), Map.of());
			assertThat(socket.message().toString()).contains("RECORDED");
		}

		assertKeptExactly();
	}

	@Test
	void keepsNumbersExactlyInAVariableWithinALiteral() {
		String document = document(PRODUCT.replace("12345678901234567890.123456789", "$price")).replaceFirst("mutation",
				"mutation(\\$price: JSON!)");

		this.platform.ask(document, Map.of("price", EXACT));
		this.platform.ask(document(PRODUCT));

		assertKeptExactly();
	}

	@Test
	void showsWhatArrivedNewestFirstPageByPage() {
		publish(List.of(Events.one("event-1"), Events.one("event-2", "PRICE_UPDATED"), Events.one("event-3")));
		publish(List.of(Events.one("event-4"), Events.one("event-5")));

		JsonNode first = events(Map.of("first", 2));
		JsonNode second = events(Map.of("first", 2, "after", first.at("/pageInfo/endCursor").asString()));
		JsonNode last = events(Map.of("first", 2, "after", second.at("/pageInfo/endCursor").asString()));

		assertThat(eventIds(first)).containsExactly("event-5", "event-4");
		assertThat(eventIds(second)).containsExactly("event-3", "event-2");
		assertThat(eventIds(last)).containsExactly("event-1");
		assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
		assertThat(last.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
		assertThat(last.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
	}

	@Test
	void showsOnlyATypeOrATime() {
		publish(List.of(Events.one("event-1"), Events.one("event-2", "PRICE_UPDATED")));
		String recordedAt = events(Map.of()).at("/edges/0/node/recordedAt").asString();

		assertThat(eventIds(events(Map.of("type", "PRICE_UPDATED")))).containsExactly("event-2");
		assertThat(eventIds(events(Map.of("type", "NOTHING")))).isEmpty();
		assertThat(eventIds(events(Map.of("type", "\u0000")))).isEmpty();
		assertThat(eventIds(events(Map.of("recordedAt", Map.of("from", recordedAt))))).hasSize(2);
		assertThat(eventIds(events(Map.of("recordedAt", Map.of("to", recordedAt))))).isEmpty();
		assertThat(eventIds(events(Map.of("type", "ORDER_IMPORTED", "recordedAt", Map.of("from", recordedAt)))))
			.containsExactly("event-1");
	}

	@Test
	void findsAnEventByItsId() {
		publish(List.of(Events.one("event-1")));
		String id = events(Map.of()).at("/edges/0/node/id").asString();

		JsonNode node = this.owner.run("node", Map.of("id", id)).json().at("/data/node");

		assertThat(node.get("__typename").asString()).isEqualTo("PlatformEvent");
		assertThat(node.get("eventId").asString()).isEqualTo("event-1");
		assertThat(node.at("/payload/order/number").asString()).isEqualTo("NW-10482");
	}

	@Test
	void needsTheScopeForEvents() {
		Http.Answer published = this.owner.run("publishEvents", Map.of("input", Map.of("events", Events.of(1))));
		Http.Answer listed = Http.at(this.port)
			.token(TestTokens.user(this.name, "ann", "notifications:read"))
			.run("platformEvents", Map.of());

		assertThat(published.code()).isEqualTo("FORBIDDEN");
		assertThat(listed.code()).isEqualTo("FORBIDDEN");
		assertThat(eventIds(events(Map.of()))).isEmpty();
	}

	private void assertKeptExactly() {
		List<PlatformEvent> logged = this.log.after(this.account, 0, 10, Long.MAX_VALUE).block();
		assertThat(logged).hasSize(2).allSatisfy((event) -> {
			Map<?, ?> product = (Map<?, ?>) event.payload().get("product");
			assertThat(product.get("oldPrice")).isEqualTo(EXACT);
			assertThat(product.get("newPrice")).isEqualTo(new BigDecimal("9007199254740993"));
		});
		assertThat(this.owner.run("platformEvents", Map.of()).body()).contains("12345678901234567890.123456789");
	}

	private String document(String payload) {
		String variable = payload.startsWith("$") ? "($payload: JSON!)" : "";
		return "mutation" + variable + " { publishEvents(input: { account: \"" + this.name
				+ "\", events: [ { eventId: \"" + UUID.randomUUID()
				+ "\", type: \"PRICE_UPDATED\", occurredAt: \"2026-03-01T09:00:00Z\", payload: " + payload
				+ " } ] }) { results { status userErrors { message } } } }";
	}

	private static Map<String, Object> variables() {
		return Map.of("payload", Map.of("product", Map.of("sku", "A", "title", "T", "currency", "USD", "oldPrice",
				EXACT, "newPrice", 9_007_199_254_740_993L)));
	}

	private static Map<String, Object> quantity(BigDecimal quantity) {
		return Map.of("product", Map.of("sku", "A", "title", "T", "oldQuantity", 0, "newQuantity", quantity));
	}

	private Http.Answer publish(List<Map<String, Object>> events) {
		return this.platform.run("publishEvents", Map.of("input", Map.of("account", this.name, "events", events)));
	}

	private JsonNode events(Map<String, Object> variables) {
		return this.owner.run("platformEvents", variables).json().at("/data/platformEvents");
	}

	private static List<String> statuses(Http.Answer answer) {
		return answer.json()
			.at("/data/publishEvents/results")
			.valueStream()
			.map((result) -> result.get("status").asString())
			.toList();
	}

	private static List<String> eventIds(JsonNode page) {
		return page.at("/edges").valueStream().map((edge) -> edge.at("/node/eventId").asString()).toList();
	}

}
