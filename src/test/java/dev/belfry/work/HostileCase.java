package dev.belfry.work;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.graphql.client.ClientGraphQlResponse;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One thing that an account may do and that others once noticed, done again and again, by
 * an account of its own.
 */
enum HostileCase {

	/** It once ended a node, and all that followed it. */
	A_LONG_EMAIL_TO_TEN_THOUSAND(1) {

		@Override
		void prepare(HostileClient client) {
			List<String> lists = IntStream.range(0, 50)
				.mapToObj((i) -> HostileClient.list(HostileClient.done(client.createList(i, 200))))
				.toList();
			HostileClient.done(client.createAlert(HostileClient.test("CONTAINS", "a"), "x".repeat(20_000), lists));
		}

		@Override
		Mono<ClientGraphQlResponse> act(HostileClient client) {
			return client.publish(1).delayElement(Duration.ofSeconds(5));
		}

	},

	DEAR_PATTERNS(1) {

		@Override
		void prepare(HostileClient client) {
			dearAlerts(client, 60);
		}

		@Override
		Mono<ClientGraphQlResponse> act(HostileClient client) {
			return client.publish(40);
		}

	},

	TEN_QUESTIONS_WHY(2) {

		@Override
		void prepare(HostileClient client) {
			dearAlerts(client, 150);
			HostileClient.done(client.publish(10));
		}

		@Override
		Mono<ClientGraphQlResponse> act(HostileClient client) {
			return client.events(10)
				.flatMap((ids) -> client.owner()
					.sendText(IntStream.range(0, 10)
						.mapToObj((i) -> "q" + i + ": whyNotified(id: \"" + ids.get(i % ids.size())
								+ "\") { alerts { verdict reason } }")
						.collect(Collectors.joining(" ", "{ ", " }"))));
		}

	},

	FULL_BATCHES(6) {

		@Override
		Mono<ClientGraphQlResponse> act(HostileClient client) {
			return client.record(500, 50);
		}

	},

	DEAR_SEARCHES(60) {

		@Override
		void prepare(HostileClient client) {
			IntStream.range(0, 10).forEach((i) -> HostileClient.done(client.record(500, 0)));
		}

		@Override
		Mono<ClientGraphQlResponse> act(HostileClient client) {
			return client.owner()
				.sendText(IntStream.range(0, 30)
					.mapToObj((i) -> "f" + i
							+ ": jobNotifications(first: 50, filter: {search: \"orders inventory shipment" + i
							+ "\"}) { totalCount nodes { id summary } }")
					.collect(Collectors.joining(" ", "{ ", " }")));
		}

	},

	CHAINS_OF_FRAGMENTS(4) {

		@Override
		Mono<ClientGraphQlResponse> act(HostileClient client) {
			return client.owner()
				.sendText("{ bell { ...f0 } } " + IntStream.range(0, 500)
					.mapToObj((i) -> "fragment f" + i + " on Bell { ...f" + (i + 1) + " }")
					.collect(Collectors.joining(" ")) + " fragment f500 on Bell { unseenCount }");
		}

	},

	LISTS_IN_LISTS(4) {

		@Override
		void prepare(HostileClient client) {
			HostileClient.done(client.record(500, 0));
		}

		@Override
		Mono<ClientGraphQlResponse> act(HostileClient client) {
			String jobs = "integration { recentJobNotifications { ";
			return client.owner()
				.sendText("{ bell { recent { " + jobs.repeat(3) + "summary" + " } }".repeat(3) + " } } }");
		}

	};

	private final int atOnce;

	HostileCase(int atOnce) {
		this.atOnce = atOnce;
	}

	String title() {
		return name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	void prepare(HostileClient client) {
	}

	abstract Mono<ClientGraphQlResponse> act(HostileClient client);

	/** As many at once as the case has, until disposed of. */
	Disposable begin(HostileClient client) {
		return Flux.range(0, this.atOnce)
			.flatMap((i) -> client.tried(Mono.defer(() -> act(client))).repeat(), this.atOnce)
			.subscribe();
	}

	private static void dearAlerts(HostileClient client, int number) {
		for (int i = 0; i < number; i++) {
			HostileClient
				.done(client.createAlert(HostileClient.test("MATCHES", HostileClient.DEAR_PATTERN), "x", List.of()));
		}
	}

}
