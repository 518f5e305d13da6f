package dev.belfry.work;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.graphql.client.ClientGraphQlResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An account that uses all it may, by chance: alerts with dear conditions, long texts and
 * thousands of addresses, full batches, searches of many words, and questions why.
 */
final class HostileAccount {

	private static final String DEAR_EXPRESSION = "['a','b','c','d'].all(x, ['e','f','g'].all(y, order.number.contains(x) || order.number.size() > 3 || y == 'e'))";

	private final HostileClient client;

	private final Random random;

	/** How large what it asks for is, of what it may. */
	private final double size;

	private final List<String> lists = new CopyOnWriteArrayList<>();

	private final AtomicInteger recorded = new AtomicInteger();

	private final AtomicInteger published = new AtomicInteger();

	HostileAccount(int port, long seed, double size) {
		this.client = new HostileClient(port);
		this.random = new Random(seed);
		this.size = size;
	}

	String name() {
		return this.client.name();
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
		return this.client.refused();
	}

	int answered() {
		return this.client.answered();
	}

	/** One thing after the other, for as long as somebody listens. */
	Flux<Integer> actions() {
		return Flux.range(0, Integer.MAX_VALUE)
			.concatMap((number) -> this.client.tried(Mono.defer(() -> action(number))).thenReturn(number), 0);
	}

	private Mono<ClientGraphQlResponse> action(int number) {
		return (number < 3) ? createList(number) : switch (this.random.nextInt(7)) {
			case 0, 1 -> createAlert();
			case 2, 3 -> publish();
			case 4 -> record();
			case 5 -> search();
			default -> askWhy();
		};
	}

	private Mono<ClientGraphQlResponse> createList(int number) {
		return this.client.createList(number, of(200))
			.doOnNext((answer) -> this.lists
				.addAll(HostileClient.isDone(answer) ? List.of(HostileClient.list(answer)) : List.of()));
	}

	private Mono<ClientGraphQlResponse> createAlert() {
		return this.client.createAlert(condition(), "{{order.number}} ".repeat(1 + of(2_000)),
				this.random.nextBoolean() ? this.lists : List.of());
	}

	private Map<String, Object> condition() {
		return switch (this.random.nextInt(3)) {
			case 0 -> HostileClient.test("MATCHES", HostileClient.DEAR_PATTERN);
			case 1 -> Map.of("cel", DEAR_EXPRESSION);
			default -> HostileClient.test("CONTAINS", "a");
		};
	}

	private Mono<ClientGraphQlResponse> publish() {
		return this.client.publish(1 + of(40))
			.doOnNext((answer) -> this.published.addAndGet(recorded(answer, "publishEvents")));
	}

	private Mono<ClientGraphQlResponse> record() {
		int messages = of(50);
		return this.client.record(1 + of(500), messages)
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
		return this.client.owner()
			.send("searchJobNotifications",
					Map.of("words", "stock s sk x xx err e " + this.random.nextInt(100), "first", of(100) + 1));
	}

	private Mono<ClientGraphQlResponse> askWhy() {
		return this.client.events(10)
			.flatMap((ids) -> ids.isEmpty() ? publish()
					: this.client.owner().send("whyNotified", Map.of("id", ids.get(this.random.nextInt(ids.size())))));
	}

	/** So many at most, or fewer. */
	private int of(int most) {
		return (int) (most * this.size * this.random.nextDouble());
	}

}
