package dev.belfry.work;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** What accounts ask that use all they may. */
final class HostileClient {

	static final String DEAR_PATTERN = "(?:a?){95}z";

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** So that nobody else waits for a connection; on threads that no node stops. */
	private static final HttpClient CONNECTIONS = HttpClient.create(ConnectionProvider.create("hostile", 200))
		.runOn(LoopResources.create("hostile", 1, true));

	private final String name = "hostile-" + UUID.randomUUID();

	private final BelfryClient owner;

	private final BelfryClient platform;

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	HostileClient(int port) {
		this.platform = new BelfryClient(port, TestTokens.platform(), CONNECTIONS);
		this.owner = new BelfryClient(port, TestTokens.owner(this.name), CONNECTIONS);
		this.platform.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.name, "name", "Hostile")))));
	}

	String name() {
		return this.name;
	}

	BelfryClient owner() {
		return this.owner;
	}

	int answered() {
		return this.answered.get();
	}

	int refused() {
		return this.refused.get();
	}

	/** Ends well in any case, and counts how. */
	Mono<Void> tried(Mono<ClientGraphQlResponse> call) {
		return call.subscribeOn(Schedulers.boundedElastic())
			.timeout(PATIENCE)
			.doOnNext((answer) -> (isDone(answer) ? this.answered : this.refused).incrementAndGet())
			.doOnError((problem) -> this.refused.incrementAndGet())
			.onErrorComplete()
			.then();
	}

	/** What must succeed before all else. */
	static ClientGraphQlResponse done(Mono<ClientGraphQlResponse> call) {
		ClientGraphQlResponse answer = call.block(BelfryClient.TIMEOUT);
		if (answer == null || !isDone(answer)) {
			throw new IllegalStateException(String.valueOf(answer));
		}
		return answer;
	}

	static boolean isDone(ClientGraphQlResponse answer) {
		Map<String, Object> data = answer.getData();
		return answer.getErrors().isEmpty() && data.values()
			.stream()
			.noneMatch((field) -> field instanceof Map<?, ?> payload
					&& payload.get("userErrors") instanceof List<?> errors && !errors.isEmpty());
	}

	Mono<ClientGraphQlResponse> createList(int number, int size) {
		List<String> addresses = IntStream.range(0, size)
			.mapToObj((i) -> number + "-" + i + "@hostile.example")
			.toList();
		return this.owner.send("createRecipientList",
				Map.of("input", Map.of("name", "List " + UUID.randomUUID(), "addresses", addresses)));
	}

	static String list(ClientGraphQlResponse created) {
		return created.field("createRecipientList.recipientList.id").getValue();
	}

	static Map<String, Object> test(String operator, String value) {
		return Map.of("test", Map.of("field", "order.number", "operator", operator, "value", value));
	}

	/** An alert for these lists, or for one address if there are none. */
	Mono<ClientGraphQlResponse> createAlert(Map<String, Object> condition, String body, List<String> lists) {
		Map<String, Object> input = new HashMap<>(
				Map.of("name", "Alert " + UUID.randomUUID(), "eventType", Orders.TYPE, "enabled", true));
		input.put("condition", condition);
		input.put("template", Map.of("subject", "{{order.number}}", "body", body));
		input.put("recipients", lists.isEmpty() ? List.of(Map.of("email", "one@hostile.example"))
				: lists.stream().map((list) -> Map.of("listId", list)).toList());
		return this.owner.send("createAlert", Map.of("input", input));
	}

	/** The ids of some of its events. */
	Mono<List<String>> events(int most) {
		return this.owner.send("platformEvents", Map.of("first", most))
			.map((page) -> page.field("platformEvents.edges")
				.toEntityList(Edge.class)
				.stream()
				.map((edge) -> edge.node().id())
				.toList());
	}

	Mono<ClientGraphQlResponse> publish(int number) {
		return this.platform.publish(this.name, IntStream.range(0, number)
			.mapToObj(
					(i) -> Events.one("event-" + UUID.randomUUID(), Orders.TYPE, Orders.of("a".repeat(1_900), "FR", i)))
			.toList());
	}

	/** Completions with so many long messages each. */
	Mono<ClientGraphQlResponse> record(int number, int messages) {
		List<Map<String, Object>> all = IntStream.range(0, messages)
			.mapToObj((i) -> Map.<String, Object>of("severity", "ERROR", "text",
					"Stock of SKU " + i + " " + "x".repeat(450)))
			.toList();
		return this.platform.record(this.name, Completions.of(number).stream().map((completion) -> {
			Map<String, Object> talkative = new HashMap<>(completion);
			talkative.put("messages", all);
			return talkative;
		}).toList());
	}

	private record Edge(Node node) {
	}

	private record Node(String id) {
	}

}
