package dev.belfry.work;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * An account that uses all it may, by chance: alerts with dear conditions, long texts and
 * thousands of addresses, full batches, searches of many words, and questions why.
 */
final class HostileAccount {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String DEAR_PATTERN = "(?:a?){95}z";

	private static final String DEAR_EXPRESSION = "['a','b','c','d'].all(x, ['e','f','g'].all(y, order.number.contains(x) || order.number.size() > 3 || y == 'e'))";

	private final String name = "hostile-" + UUID.randomUUID();

	private final Random random;

	/** How large what it asks for is, of what it may. */
	private final double size;

	private final BelfryClient owner;

	private final BelfryClient platform;

	private final List<String> lists = new CopyOnWriteArrayList<>();

	private final AtomicInteger recorded = new AtomicInteger();

	private final AtomicInteger published = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	HostileAccount(int port, long seed, double size) {
		this.random = new Random(seed);
		this.size = size;
		this.platform = new BelfryClient(port, TestTokens.platform());
		this.owner = new BelfryClient(port, TestTokens.owner(this.name));
		this.platform.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.name, "name", "Hostile")))));
	}

	String name() {
		return this.name;
	}

	/** Of how many completions it was told that they were recorded. */
	int recorded() {
		return this.recorded.get();
	}

	/** Of how many events it was told that they were recorded. */
	int published() {
		return this.published.get();
	}

	int refused() {
		return this.refused.get();
	}

	int answered() {
		return this.answered.get();
	}

	/** One thing after the other, for as long as somebody listens. */
	Flux<Integer> actions() {
		return Flux.range(0, Integer.MAX_VALUE)
			.concatMap((number) -> Mono.defer(() -> action(number))
				.subscribeOn(Schedulers.boundedElastic())
				.thenReturn(number), 0);
	}

	private Mono<Void> action(int number) {
		Mono<ClientGraphQlResponse> call = (number < 3) ? createList(number) : switch (this.random.nextInt(7)) {
			case 0, 1 -> createAlert();
			case 2, 3 -> publish();
			case 4 -> record();
			case 5 -> search();
			default -> askWhy();
		};
		return call.timeout(PATIENCE)
			.doOnNext((answer) -> (isDone(answer) ? this.answered : this.refused).incrementAndGet())
			.doOnError((problem) -> this.refused.incrementAndGet())
			.onErrorComplete()
			.then();
	}

	private static boolean isDone(ClientGraphQlResponse answer) {
		Map<String, Object> data = answer.getData();
		return answer.getErrors().isEmpty() && data.values()
			.stream()
			.noneMatch((field) -> field instanceof Map<?, ?> payload
					&& payload.get("userErrors") instanceof List<?> errors && !errors.isEmpty());
	}

	private Mono<ClientGraphQlResponse> createList(int number) {
		List<String> addresses = IntStream.range(0, of(200))
			.mapToObj((i) -> number + "-" + i + "@hostile.example")
			.toList();
		return this.owner
			.send("createRecipientList",
					Map.of("input", Map.of("name", "List " + this.random.nextLong(), "addresses", addresses)))
			.doOnNext((answer) -> {
				if (isDone(answer)) {
					this.lists.add(answer.field("createRecipientList.recipientList.id").getValue());
				}
			});
	}

	private Mono<ClientGraphQlResponse> createAlert() {
		Map<String, Object> input = new HashMap<>(Map.of("name", "Alert " + this.random.nextLong(), "eventType",
				Orders.TYPE, "enabled", true, "template",
				Map.of("subject", "{{order.number}}", "body", "{{order.number}} ".repeat(1 + of(2_000))), "recipients",
				this.random.nextBoolean() && !this.lists.isEmpty()
						? this.lists.stream().map((list) -> Map.of("listId", list)).toList()
						: List.of(Map.of("email", "one@hostile.example"))));
		input.put("condition", condition());
		return this.owner.send("createAlert", Map.of("input", input));
	}

	private Map<String, Object> condition() {
		return switch (this.random.nextInt(3)) {
			case 0 -> Map.of("test", Map.of("field", "order.number", "operator", "MATCHES", "value", DEAR_PATTERN));
			case 1 -> Map.of("cel", DEAR_EXPRESSION);
			default -> Map.of("test", Map.of("field", "order.number", "operator", "CONTAINS", "value", "a"));
		};
	}

	private Mono<ClientGraphQlResponse> publish() {
		List<Map<String, Object>> events = IntStream.range(0, 1 + of(40))
			.mapToObj(
					(i) -> Events.one("event-" + UUID.randomUUID(), Orders.TYPE, Orders.of("a".repeat(1_900), "FR", i)))
			.toList();
		return this.platform.publish(this.name, events)
			.doOnNext((answer) -> this.published.addAndGet(recorded(answer, "publishEvents")));
	}

	private Mono<ClientGraphQlResponse> record() {
		List<Map<String, Object>> messages = IntStream.range(0, of(50))
			.mapToObj((i) -> Map.<String, Object>of("severity", "ERROR", "text",
					"Stock of SKU " + i + " " + "x".repeat(450)))
			.toList();
		List<Map<String, Object>> completions = Completions.of(1 + of(500)).stream().map((completion) -> {
			Map<String, Object> talkative = new HashMap<>(completion);
			talkative.put("messages", messages);
			return talkative;
		}).toList();
		return this.platform.record(this.name, completions)
			.doOnNext((answer) -> this.recorded.addAndGet(recorded(answer, "recordJobCompletions")));
	}

	private static int recorded(ClientGraphQlResponse answer, String mutation) {
		return answer.getErrors().isEmpty() ? (int) answer.field(mutation + ".results")
			.toEntityList(Map.class)
			.stream()
			.filter((result) -> result.get("status").equals("RECORDED"))
			.count() : 0;
	}

	private Mono<ClientGraphQlResponse> search() {
		return this.owner.send("searchJobNotifications",
				Map.of("words", "stock s sk x xx err e " + this.random.nextInt(100), "first", of(100) + 1));
	}

	private Mono<ClientGraphQlResponse> askWhy() {
		return this.owner.send("platformEvents", Map.of("first", 10)).flatMap((page) -> {
			List<String> ids = page.field("platformEvents.edges[*].node.id").toEntityList(String.class);
			return ids.isEmpty() ? Mono.just(page)
					: this.owner.send("whyNotified", Map.of("id", ids.get(this.random.nextInt(ids.size()))));
		});
	}

	/** So many at most, or fewer. */
	private int of(int most) {
		return (int) (most * this.size * this.random.nextDouble());
	}

}
