package dev.belfry.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestTokens;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One thing that an account may do and that others once noticed, done again and again, by
 * an account of its own.
 */
enum HostileCase {

	/** It once ended a node, and all that followed it. */
	A_LONG_EMAIL_TO_TEN_THOUSAND(1) {

		@Override
		void prepare(Account account) {
			List<String> lists = IntStream.range(0, 50).mapToObj(account::list).toList();
			account.alert(account.matching("order.number", "CONTAINS", "a"), "x".repeat(20_000),
					lists.stream().map((list) -> Map.of("listId", list)).toList());
		}

		@Override
		Mono<ClientGraphQlResponse> act(Account account) {
			return account.publish(1).delayElement(Duration.ofSeconds(5));
		}

	},

	DEAR_PATTERNS(1) {

		@Override
		void prepare(Account account) {
			IntStream.range(0, 60).forEach((i) -> account.dearAlert());
		}

		@Override
		Mono<ClientGraphQlResponse> act(Account account) {
			return account.publish(40);
		}

	},

	TEN_QUESTIONS_WHY(2) {

		@Override
		void prepare(Account account) {
			IntStream.range(0, 150).forEach((i) -> account.dearAlert());
			account.publish(10).block(BelfryClient.TIMEOUT);
		}

		@Override
		Mono<ClientGraphQlResponse> act(Account account) {
			return account.owner.send("platformEvents", Map.of("first", 10)).flatMap((page) -> {
				List<String> ids = page.field("platformEvents.edges[*].node.id").toEntityList(String.class);
				return account.owner.sendText(IntStream.range(0, 10)
					.mapToObj((i) -> "q" + i + ": whyNotified(id: \"" + ids.get(i % ids.size())
							+ "\") { alerts { verdict reason } }")
					.collect(Collectors.joining(" ", "{ ", " }")));
			});
		}

	},

	FULL_BATCHES(6) {

		@Override
		Mono<ClientGraphQlResponse> act(Account account) {
			return account.record(500, 50);
		}

	},

	/** No more at once: all clients of a test share sixteen connections. */
	DEAR_SEARCHES(12) {

		@Override
		void prepare(Account account) {
			IntStream.range(0, 10).forEach((i) -> account.record(500, 0).block(BelfryClient.TIMEOUT));
		}

		@Override
		Mono<ClientGraphQlResponse> act(Account account) {
			return account.owner.sendText(IntStream.range(0, 30)
				.mapToObj((i) -> "f" + i + ": jobNotifications(first: 50, filter: {search: \"orders inventory shipment"
						+ i + "\"}) { totalCount nodes { id summary } }")
				.collect(Collectors.joining(" ", "{ ", " }")));
		}

	},

	CHAINS_OF_FRAGMENTS(4) {

		@Override
		Mono<ClientGraphQlResponse> act(Account account) {
			return account.owner.sendText("{ bell { ...f0 } } " + IntStream.range(0, 500)
				.mapToObj((i) -> "fragment f" + i + " on Bell { ...f" + (i + 1) + " }")
				.collect(Collectors.joining(" ")) + " fragment f500 on Bell { unseenCount }");
		}

	},

	LISTS_IN_LISTS(4) {

		@Override
		void prepare(Account account) {
			account.record(500, 0).block(BelfryClient.TIMEOUT);
		}

		@Override
		Mono<ClientGraphQlResponse> act(Account account) {
			String jobs = "integration { recentJobNotifications { ";
			return account.owner
				.sendText("{ bell { recent { " + jobs.repeat(3) + "summary" + " } }".repeat(3) + " } } }");
		}

	};

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final int atOnce;

	HostileCase(int atOnce) {
		this.atOnce = atOnce;
	}

	void prepare(Account account) {
	}

	abstract Mono<ClientGraphQlResponse> act(Account account);

	/** As many at once as the case has, until disposed of. */
	Disposable begin(Account account) {
		return Flux.range(0, this.atOnce)
			.flatMap((i) -> Mono.defer(() -> act(account))
				.subscribeOn(Schedulers.boundedElastic())
				.timeout(PATIENCE)
				.doOnNext(account::count)
				.doOnError(account::count)
				.onErrorComplete()
				.repeat(), this.atOnce)
			.subscribe();
	}

	/** Who does it. */
	static final class Account {

		private final String name = "case-" + UUID.randomUUID();

		private final BelfryClient owner;

		private final BelfryClient platform;

		private final AtomicInteger answered = new AtomicInteger();

		private final AtomicInteger refused = new AtomicInteger();

		Account(int port) {
			this.platform = new BelfryClient(port, TestTokens.platform());
			this.owner = new BelfryClient(port, TestTokens.owner(this.name));
			this.platform.run("upsertAccounts",
					Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.name, "name", "Case")))));
		}

		int answered() {
			return this.answered.get();
		}

		int refused() {
			return this.refused.get();
		}

		private void count(ClientGraphQlResponse answer) {
			(answer.getErrors().isEmpty() ? this.answered : this.refused).incrementAndGet();
		}

		private void count(Throwable problem) {
			this.refused.incrementAndGet();
		}

		private String list(int number) {
			List<String> addresses = IntStream.range(0, 200)
				.mapToObj((i) -> number + "-" + i + "@case.example")
				.toList();
			return this.owner
				.run("createRecipientList", Map.of("input", Map.of("name", "List " + number, "addresses", addresses)))
				.field("createRecipientList.recipientList.id")
				.getValue();
		}

		private Map<String, Object> matching(String field, String operator, String value) {
			return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
		}

		private void dearAlert() {
			alert(matching("order.number", "MATCHES", "(?:a?){95}z"), "x",
					List.of(Map.of("email", "one@case.example")));
		}

		private void alert(Map<String, Object> condition, String body, List<?> recipients) {
			Map<String, Object> input = new HashMap<>(
					Map.of("name", "Alert " + UUID.randomUUID(), "eventType", Orders.TYPE, "enabled", true));
			input.putAll(Map.of("condition", condition, "recipients", recipients, "template",
					Map.of("subject", "{{order.number}}", "body", body)));
			ClientGraphQlResponse answer = this.owner.run("createAlert", Map.of("input", input));
			if (!answer.getErrors().isEmpty()
					|| !answer.field("createAlert.userErrors").toEntityList(Map.class).isEmpty()) {
				throw new IllegalStateException(answer.toString());
			}
		}

		private Mono<ClientGraphQlResponse> publish(int number) {
			return this.platform.publish(this.name,
					IntStream.range(0, number)
						.mapToObj((i) -> Events.one("event-" + UUID.randomUUID(), Orders.TYPE,
								Orders.of("a".repeat(1_900), "FR", i)))
						.toList());
		}

		private Mono<ClientGraphQlResponse> record(int number, int messages) {
			List<Map<String, Object>> all = new ArrayList<>();
			for (int i = 0; i < messages; i++) {
				all.add(Map.of("severity", "ERROR", "text", "Stock of SKU " + i + " " + "x".repeat(450)));
			}
			return this.platform.record(this.name, Completions.of(number).stream().map((completion) -> {
				Map<String, Object> talkative = new HashMap<>(completion);
				talkative.put("messages", all);
				return talkative;
			}).toList());
		}

	}

}
