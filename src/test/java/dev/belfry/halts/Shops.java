package dev.belfry.halts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random accounts with random addresses to tell, to which random things happen; so many
 * that each of two nodes has buckets with some of them.
 */
final class Shops {

	private final RandomGenerator random;

	private final BelfryClient platform;

	private final List<Shop> shops = new ArrayList<>();

	private final Map<String, Integer> told = new TreeMap<>();

	private final Map<String, Integer> evaluated = new TreeMap<>();

	Shops(LocalNode node, RandomGenerator random) {
		this.random = random;
		this.platform = node.client(TestTokens.platform());
		for (int i = 4 + random.nextInt(3); i > 0; i--) {
			this.shops.add(new Shop(node, random));
		}
	}

	/** A few things of one kind happen to one account, or it edits an alert. */
	void happen() {
		Shop shop = any(this.shops);
		if (this.random.nextInt(4) == 0) {
			shop.edit();
			return;
		}
		String kind = any(List.copyOf(Shop.TOGGLES.keySet()));
		int number = 1 + this.random.nextInt(4);
		assertThat(happen(shop.name(), kind, number).getErrors()).isEmpty();
		shop.recipients(kind).forEach((recipient) -> this.told.merge(recipient, number, Integer::sum));
		shop.alerts(kind).forEach((alert) -> this.evaluated.merge(alert, number, Integer::sum));
	}

	private ClientGraphQlResponse happen(String name, String kind, int number) {
		List<String> ids = IntStream.range(0, number).mapToObj((i) -> UUID.randomUUID().toString()).toList();
		return (kind.equals("FAILED")
				? this.platform.record(name, ids.stream().map((id) -> Completions.one(id, kind)).toList())
				: this.platform.publish(name, ids.stream().map((id) -> Events.one(id, kind)).toList()))
			.block(BelfryClient.TIMEOUT);
	}

	private <T> T any(List<T> all) {
		return all.get(this.random.nextInt(all.size()));
	}

	/**
	 * Of how many entries each address is to be told, by the topic of a notification or
	 * the name of an alert, and the address.
	 */
	Map<String, Integer> told() {
		return this.told;
	}

	/** How many entries versions of alerts are to match, by their names and numbers. */
	Map<String, Integer> evaluated() {
		return this.evaluated;
	}

}
