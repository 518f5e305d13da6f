package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alerts of an account at random, as its owner makes, changes, switches and deletes them.
 */
final class RandomAlerts {

	/** Where the owner reads e-mail. */
	static final String OWNER = "override0@shop.example";

	/** What the recipient list has; the first as somebody else spells it elsewhere. */
	static final List<String> LIST = List.of("OVERRIDE1@shop.example", "listed@shop.example");

	private static final String JOB_COMPLETED = "JOB_COMPLETED";

	private static final int FEWEST = 3;

	private static final int MOST = 6;

	/** Of orders; one fails at those without items. */
	private static final List<Map<String, Object>> OF_ORDERS = Arrays.asList(null,
			test("order.shipping.country", "NOT_EQUALS", "US"), Map.of("cel", "1 / order.itemCount > 0"));

	/** Conditions that fit, by the types of events. */
	private static final Map<String, List<Map<String, Object>>> CONDITIONS = Map.of("ORDER_HELD", OF_ORDERS,
			"ORDER_IMPORTED", OF_ORDERS, "PRICE_UPDATED", Arrays.asList(null, test("product.newPrice", "GREATER", 20)),
			JOB_COMPLETED, Arrays.asList(null, test("job.outcome", "EQUALS", "FAILED")));

	private final BelfryClient owner;

	private final Random random;

	private final Map<String, Object> list;

	private final List<Made> alerts = new ArrayList<>();

	private int made;

	RandomAlerts(BelfryClient owner, Random random) {
		this.owner = owner;
		this.random = random;
		this.list = Map.of("listId",
				change("createRecipientList", Map.of("name", "List", "addresses", LIST))
					.field("createRecipientList.recipientList.id")
					.toEntity(String.class));
	}

	/** One is made, changed or deleted. */
	void change() {
		if (this.alerts.size() < FEWEST || this.alerts.size() < MOST && this.random.nextInt(4) == 0) {
			create();
		}
		else if (this.random.nextInt(6) == 0) {
			delete();
		}
		else {
			edit(any(this.alerts));
		}
	}

	/** One is switched, if it is not as it is to be already. */
	void lease(boolean on) {
		if (!this.alerts.isEmpty()) {
			change("setAlertEnabled", Map.of("id", any(this.alerts).id(), "enabled", on));
		}
	}

	private void create() {
		String type = type(this.random.nextInt(3) == 0);
		Map<String, Object> input = new HashMap<>(about(type));
		input
			.putAll(Map.of("name", "Alert " + ++this.made, "enabled", this.random.nextInt(5) > 0, "template", words()));
		String id = change("createAlert", input).field("createAlert.alert.id").toEntity(String.class);
		this.alerts.add(new Made(id, type));
	}

	private void delete() {
		change("deleteAlert", Map.of("id", this.alerts.remove(this.random.nextInt(this.alerts.size())).id()));
	}

	/** An alert stays with its log. */
	private void edit(Made alert) {
		String type = type(alert.type().equals(JOB_COMPLETED));
		Map<String, Object> input = new HashMap<>(Map.of("id", alert.id(), "expectedVersion", version(alert)));
		switch (this.random.nextInt(3)) {
			case 0 -> input.put("template", words());
			case 1 -> input.put("recipients", recipients(alert.type()));
			default -> {
				input.putAll(about(type));
				this.alerts.set(this.alerts.indexOf(alert), new Made(alert.id(), type));
			}
		}
		change("updateAlert", input);
	}

	private String type(boolean ofJobs) {
		return any(
				CONDITIONS.keySet().stream().filter((type) -> type.equals(JOB_COMPLETED) == ofJobs).sorted().toList());
	}

	private int version(Made alert) {
		return this.owner.run("alert", Map.of("id", alert.id())).field("alert.version").toEntity(Integer.class);
	}

	private Map<String, Object> about(String type) {
		Map<String, Object> about = new HashMap<>(Map.of("eventType", type, "recipients", recipients(type)));
		about.put("condition", any(CONDITIONS.get(type)));
		return about;
	}

	private Map<String, Object> words() {
		return Map.of("subject", "Words " + this.random.nextInt(1_000), "body", "x");
	}

	/** Some lead to the same address, also of a toggle; some to none. */
	private List<Map<String, Object>> recipients(String type) {
		List<Map<String, Object>> all = new ArrayList<>(
				List.of(Map.of("email", "override0@shop.example"), Map.of("email", "override1@shop.example"),
						Map.of("email", "default0@shop.example"), Map.of("persona", "ACCOUNT_OWNER"), this.list));
		if (type.startsWith("ORDER")) {
			all.addAll(Collections.nCopies(3, Map.of("persona", "B2B_USER")));
		}
		Collections.shuffle(all, this.random);
		return List.copyOf(all.subList(0, 1 + this.random.nextInt(4)));
	}

	private ClientGraphQlResponse change(String mutation, Map<String, Object> input) {
		ClientGraphQlResponse answer = this.owner.run(mutation, Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		assertThat(answer.field(mutation + ".userErrors").toEntityList(Map.class)).as(mutation + " " + input).isEmpty();
		return answer;
	}

	private <T> T any(List<T> all) {
		return all.get(this.random.nextInt(all.size()));
	}

	private static Map<String, Object> test(String field, String operator, Object value) {
		return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
	}

	/** An alert that is there, and the type of events that it is about. */
	private record Made(String id, String type) {
	}

}
