package dev.belfry.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.Batch;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestTokens;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An account with a little of everything, which must not notice what others do: a bell,
 * an alert, a page of history.
 */
final class ModestAccount implements AutoCloseable {

	private static final Duration GATHER = Duration.ofMillis(50);

	private final String name = "modest-" + UUID.randomUUID();

	private final BelfryClient owner;

	private final BelfryClient platform;

	private final SmallRelay relay;

	private final List<String> recorded = new ArrayList<>();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final Disposable bell;

	private int published;

	ModestAccount(int port, SmallRelay relay) {
		this.relay = relay;
		this.platform = new BelfryClient(port, TestTokens.platform());
		this.owner = new BelfryClient(port, TestTokens.owner(this.name));
		this.platform.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.name, "name", "Modest")))));
		this.owner.run("createAlert", Map.of("input",
				Map.of("name", "Any", "eventType", Orders.TYPE, "enabled", true, "condition",
						Map.of("test", Map.of("field", "order.shipping.country", "operator", "EQUALS", "value", "FR")),
						"template", Map.of("subject", "Order {{order.number}}", "body", "x"), "recipients",
						List.of(Map.of("email", "ann@" + domain())))));
		CountDownLatch open = new CountDownLatch(1);
		this.bell = this.owner.feed(Map.of()).subscribe((batch) -> {
			batch.nodes().stream().map(Batch.Node::runId).forEach(this.seen::add);
			open.countDown();
		});
		await(open);
	}

	/** From a completion being sent to its being on the bell. */
	long completionToBell() {
		String run = "run-" + UUID.randomUUID();
		this.recorded.add(run);
		long from = System.nanoTime();
		answered(this.platform.record(this.name, List.of(Completions.one(run, "SUCCEEDED"))));
		Awaitility.await()
			.pollDelay(0, TimeUnit.MILLISECONDS)
			.pollInterval(1, TimeUnit.MILLISECONDS)
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> this.seen.contains(run));
		return System.nanoTime() - from;
	}

	/**
	 * From an event being sent to its e-mail being at the relay. At any moment of the 50
	 * ms for which the notifier gathers: what was asked before has begun them.
	 */
	long eventToEmail() {
		int number = this.published++;
		LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(GATHER.toNanos()));
		long from = System.nanoTime();
		answered(this.platform.publish(this.name,
				List.of(Events.one("event-" + number, Orders.TYPE, Orders.of("No. " + number, "FR", 1)))));
		Awaitility.await()
			.pollDelay(0, TimeUnit.MILLISECONDS)
			.pollInterval(2, TimeUnit.MILLISECONDS)
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> this.relay.countTo(domain()) > number);
		return System.nanoTime() - from;
	}

	/** A page of its history. */
	long query() {
		long from = System.nanoTime();
		assertThat(this.owner.run("jobNotifications", Map.of("first", 10)).getErrors()).isEmpty();
		return System.nanoTime() - from;
	}

	private static void answered(Mono<ClientGraphQlResponse> call) {
		assertThat(call.block(BelfryClient.TIMEOUT).getErrors()).isEmpty();
	}

	/** All that it was told is recorded has come, once and in its order. */
	void assertNothingLost() {
		assertThat(this.seen).isEqualTo(this.recorded);
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < this.published; i++) {
			expected.add("Order No. " + i);
		}
		assertThat(subjects()).containsExactlyInAnyOrderElementsOf(expected);
	}

	private List<String> subjects() {
		return this.relay.subjectsTo(domain());
	}

	private String domain() {
		return this.name + ".example";
	}

	private static void await(CountDownLatch open) {
		try {
			assertThat(open.await(BelfryClient.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.bell.dispose();
	}

}
