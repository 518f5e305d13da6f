package dev.belfry.notifier.emails;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Events;
import dev.belfry.testing.Orders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One of several who publish random orders in small calls, and note when the call was
 * sent and answered that recorded each.
 */
final class OrderPublisher {

	/** No order's total is as much as this. */
	static final int MOST_TOTAL = 1_000;

	private static final int MOST_AT_ONCE = 4;

	private static final int MOST_TRIES = 5;

	private final String account;

	/** The platform at the nodes to which each call is sent, at the same time. */
	private final List<BelfryClient> nodes;

	private final RandomGenerator random;

	OrderPublisher(String account, List<BelfryClient> nodes, RandomGenerator random) {
		this.account = account;
		this.nodes = nodes;
		this.random = random;
	}

	List<Published> publish(int times) {
		List<Published> published = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			List<Map<String, Object>> orders = orders();
			List<Published> recorded = Flux.fromIterable(this.nodes)
				.flatMap((node) -> send(node, orders))
				.flatMapIterable((each) -> each)
				.collectList()
				.block(BelfryClient.TIMEOUT);
			assertThat(recorded).as("recorded once").hasSameSizeAs(orders);
			published.addAll(recorded);
		}
		return published;
	}

	private List<Map<String, Object>> orders() {
		List<Map<String, Object>> orders = new ArrayList<>();
		for (int i = this.random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
			String number = UUID.randomUUID().toString();
			orders.add(Events.one(number, Orders.TYPE, Orders.of(number, "FR", this.random.nextInt(MOST_TOTAL))));
		}
		return orders;
	}

	/** Sends a call again that is refused since the account is busy. */
	private Mono<List<Published>> send(BelfryClient node, List<Map<String, Object>> orders) {
		return Mono.defer(() -> {
			long sentAt = System.nanoTime();
			return node.publish(this.account, orders)
				.filter((answer) -> answer.getErrors().isEmpty())
				.map((answer) -> recorded(answer, sentAt, System.nanoTime()));
		}).repeatWhenEmpty(MOST_TRIES, Function.identity());
	}

	private static List<Published> recorded(ClientGraphQlResponse answer, long sentAt, long answeredAt) {
		return answer.field("publishEvents.results")
			.toEntityList(Result.class)
			.stream()
			.filter((result) -> result.status().equals("RECORDED"))
			.map((result) -> new Published(result.eventId(), sentAt, answeredAt))
			.toList();
	}

	private record Result(String eventId, String status) {
	}

	/** An order, whose number is the id of its event. */
	record Published(String eventId, long sentAt, long answeredAt) {
	}

}
