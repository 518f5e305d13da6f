package dev.belfry.halts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** Random accounts with random addresses to tell, to which random things happen. */
final class Shops {

	/** What happens, by the notification that tells of it. */
	private static final Map<String, String> KINDS = Map.of("JOB_FAILED", "FAILED", "ORDER_ON_HOLD", "ORDER_HELD",
			"PRODUCT_PRICE_CHANGED", "PRICE_UPDATED");

	private final RandomGenerator random;

	private final BelfryClient platform;

	/** Whom the notifications of each account tell. */
	private final Map<String, Map<String, List<String>>> addresses = new LinkedHashMap<>();

	private final Map<String, Integer> expected = new TreeMap<>();

	Shops(LocalNode node, RandomGenerator random) {
		this.random = random;
		this.platform = new BelfryClient(node.port(), TestTokens.platform());
		for (int i = random.nextInt(4); i >= 0; i--) {
			open(node, "shop-" + UUID.randomUUID());
		}
	}

	private void open(LocalNode node, String name) {
		node.bean(TestAccounts.class).create(name);
		Map<String, List<String>> told = new TreeMap<>();
		KINDS.keySet().stream().sorted().forEach((type) -> told.put(type, addresses(name)));
		this.addresses.put(name, told);
		List<Map<String, Object>> toggles = new ArrayList<>();
		told.forEach((type, emails) -> toggles.add(Map.of("type", type, "enabled", true, "overrideEmails", emails)));
		ClientGraphQlResponse answer = new BelfryClient(node.port(), TestTokens.owner(name)).run(
				"updateNotificationSettings",
				Map.of("input", Map.of("expectedVersion", 0, "globalNotifications", toggles)));
		assertThat(answer.field("updateNotificationSettings.userErrors").toEntityList(Map.class)).isEmpty();
	}

	private List<String> addresses(String name) {
		return IntStream.rangeClosed(0, this.random.nextInt(3)).mapToObj((i) -> i + "@" + name + ".example").toList();
	}

	/** A few things of one kind happen to one account. */
	void happen() {
		String name = any(List.copyOf(this.addresses.keySet()));
		Map<String, List<String>> told = this.addresses.get(name);
		String type = any(List.copyOf(told.keySet()));
		int number = 1 + this.random.nextInt(4);
		ClientGraphQlResponse answer = happen(name, KINDS.get(type), number);
		assertThat(answer.getErrors()).isEmpty();
		told.get(type)
			.forEach((address) -> this.expected.merge("GLOBAL:" + type + " " + address, number, Integer::sum));
	}

	private ClientGraphQlResponse happen(String name, String kind, int number) {
		List<String> ids = IntStream.range(0, number).mapToObj((i) -> UUID.randomUUID().toString()).toList();
		return (kind.equals("FAILED")
				? this.platform.record(name, ids.stream().map((id) -> Completions.one(id, kind)).toList())
				: this.platform.publish(name, ids.stream().map((id) -> Events.one(id, kind)).toList()))
			.block(BelfryClient.TIMEOUT);
	}

	private String any(List<String> all) {
		return all.get(this.random.nextInt(all.size()));
	}

	/** Of how many entries each address is to be told, by topic and address. */
	Map<String, Integer> expected() {
		return this.expected;
	}

}
