package dev.belfry.halts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** An account with notifications and alerts, of which one is edited now and then. */
final class Shop {

	/** What happens, with the notification that tells of it. */
	static final Map<String, String> TOGGLES = new TreeMap<>(
			Map.of("FAILED", "JOB_FAILED", "ORDER_HELD", "ORDER_ON_HOLD", "PRICE_UPDATED", "PRODUCT_PRICE_CHANGED"));

	/** Who has placed each order that is held. */
	private static final String BUYER = "sam.ortiz@greenhouse.example";

	private final String name = "shop-" + UUID.randomUUID();

	private final BelfryClient owner;

	/** Whom the notifications tell. */
	private final Map<String, List<String>> overrides = new TreeMap<>();

	private final Map<String, Alert> alerts = new TreeMap<>();

	Shop(LocalNode node, RandomGenerator random) {
		node.bean(TestAccounts.class).create(this.name);
		node.client(TestTokens.platform())
			.run("upsertUsers", Map.of("input", Map.of("account", this.name, "users", List
				.of(Map.of("externalId", "owner", "name", "Olga", "role", "OWNER", "email", address("olga"))))));
		this.owner = node.client(TestTokens.owner(this.name));
		switchOn(random);
		create("Failures", "FAILED", List.of(Map.of("email", address("jobs"))), address("jobs"));
		create("Holds", "ORDER_HELD", List.of(Map.of("persona", "ACCOUNT_OWNER"), Map.of("persona", "B2B_USER")),
				address("olga"), BUYER);
		create("Prices", "PRICE_UPDATED", List.of(Map.of("email", address("prices"))), address("prices"));
		create("Edited", "PRICE_UPDATED", List.of(Map.of("email", address("first"))), address("first"));
	}

	String name() {
		return this.name;
	}

	/** From here on other words go to another address. */
	void edit() {
		Alert alert = this.alerts.get("Edited");
		String address = address("after-" + alert.version());
		change("updateAlert", Map.of("id", alert.id(), "expectedVersion", alert.version(), "template",
				words(alert.version() + 1), "recipients", List.of(Map.of("email", address))));
		this.alerts.put("Edited", new Alert(alert.id(), alert.kind(), alert.version() + 1, List.of(address)));
	}

	/** Who hears of what, by topics of notifications and names of alerts. */
	Stream<String> recipients(String kind) {
		Stream<String> ofToggle = this.overrides.get(kind)
			.stream()
			.map((address) -> "GLOBAL:" + TOGGLES.get(kind) + " " + address);
		return Stream.concat(ofToggle,
				matching(kind).flatMap((alert) -> alert.getValue()
					.addresses()
					.stream()
					.map((address) -> called(alert.getKey()) + " " + address)));
	}

	/** The alerts that something matches, with their versions. */
	Stream<String> alerts(String kind) {
		return matching(kind).map((alert) -> called(alert.getKey()) + ", version " + alert.getValue().version());
	}

	private Stream<Map.Entry<String, Alert>> matching(String kind) {
		return this.alerts.entrySet().stream().filter((alert) -> alert.getValue().kind().equals(kind));
	}

	private void switchOn(RandomGenerator random) {
		List<Map<String, Object>> toggles = new ArrayList<>();
		TOGGLES.forEach((kind, type) -> {
			List<String> addresses = IntStream.rangeClosed(0, random.nextInt(3))
				.mapToObj((i) -> address("override-" + i))
				.toList();
			this.overrides.put(kind, addresses);
			toggles.add(Map.of("type", type, "enabled", true, "overrideEmails", addresses));
		});
		change("updateNotificationSettings", Map.of("expectedVersion", 0, "globalNotifications", toggles));
	}

	private void create(String alert, String kind, List<Map<String, Object>> recipients, String... addresses) {
		Map<String, Object> input = new HashMap<>(Map.of("name", called(alert), "eventType", kind, "enabled", true,
				"template", words(1), "recipients", recipients));
		if (kind.equals("FAILED")) {
			input.put("eventType", "JOB_COMPLETED");
			input.put("condition", Map.of("test", Map.of("field", "job.outcome", "operator", "EQUALS", "value", kind)));
		}
		String id = change("createAlert", input).field("createAlert.alert.id").toEntity(String.class);
		this.alerts.put(alert, new Alert(id, kind, 1, List.of(addresses)));
	}

	private static Map<String, Object> words(int version) {
		return Map.of("subject", "Version " + version, "body", "x");
	}

	private ClientGraphQlResponse change(String mutation, Map<String, Object> input) {
		ClientGraphQlResponse answer = this.owner.run(mutation, Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		assertThat(answer.field(mutation + ".userErrors").toEntityList(Map.class)).isEmpty();
		return answer;
	}

	/** No other account's alert is called like this. */
	private String called(String alert) {
		return alert + " of " + this.name;
	}

	private String address(String person) {
		return person + "@" + this.name + ".example";
	}

	/** An alert as it is now, and what it is about. */
	private record Alert(String id, String kind, int version, List<String> addresses) {
	}

}
