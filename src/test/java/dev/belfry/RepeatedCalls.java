package dev.belfry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import dev.belfry.testing.BelfryClient;

/** Every mutation that takes an idempotency key, and how what it answered can go. */
final class RepeatedCalls {

	static final Map<String, RepeatedCall> ALL = new TreeMap<>();

	private static final List<Map<String, Object>> ANN = List.of(Map.of("email", "ann@shop.example"));

	/** What changes as soon as the mail loop takes the e-mail. */
	private static final Set<String> OF_A_SENT_DELIVERY = Set.of("state", "answer");

	static {
		add("createAlert", (shop) -> Map.of("name", "New", "eventType", "ORDER_IMPORTED", "recipients", ANN),
				(shop, answer) -> shop.change("deleteAlert", Map.of("id", id(answer, "alert"))));
		add("updateAlert", Set.of("name", "eventType", "enabled", "condition", "watch", "template", "recipients"),
				Set.of(),
				(shop) -> Map.of("id", alert(shop), "expectedVersion", 1, "condition",
						Map.of("test", Map.of("field", "order.total", "operator", "EXISTS"))),
				(shop, answer) -> shop.change("deleteAlert", Map.of("id", id(answer, "alert"))));
		add("setAlertEnabled", (shop) -> Map.of("id", alert(shop), "enabled", true),
				(shop, answer) -> shop.change("deleteAlert", Map.of("id", id(answer, "alert"))));
		add("deleteAlert", (shop) -> Map.of("id", alert(shop)), RepeatedCalls::stays);
		add("createRecipientList", (shop) -> Map.of("name", "New", "addresses", List.of("ann@shop.example")),
				(shop, answer) -> shop.change("deleteRecipientList", Map.of("id", id(answer, "recipientList"))));
		add("updateRecipientList", Set.of("name", "addresses"), Set.of(),
				(shop) -> Map.of("id", recipientList(shop), "expectedVersion", 1, "name", "Renamed"),
				(shop, answer) -> shop.change("deleteRecipientList", Map.of("id", id(answer, "recipientList"))));
		add("deleteRecipientList", (shop) -> Map.of("id", recipientList(shop)), RepeatedCalls::stays);
		add("sendTestAlert", Set.of(), OF_A_SENT_DELIVERY, (shop) -> Map.of("alert", Map.of("id", alert(shop))),
				RepeatedCalls::stays);
		add("updateNotificationSettings", Set.of("defaultEmail"), Set.of(), (shop) -> Map.of("expectedVersion", 0),
				RepeatedCalls::stays);
		add("setGlobalNotification", (shop) -> Map.of("type", "JOB_FAILED", "enabled", false), RepeatedCalls::stays);
		add("retryDelivery", Set.of(), OF_A_SENT_DELIVERY, (shop) -> {
			shop.mail().fill(shop.account());
			return Map.of("id", first(shop, "deliveries"));
		}, (shop, answer) -> shop.run("delete from delivery where account_id = $1 and address = $2 returning 1",
				"ben@shop.example"));
		add("removeSuppression", (shop) -> {
			shop.mail().fill(shop.account());
			return Map.of("id", first(shop, "suppressions"));
		}, RepeatedCalls::stays);
		add("eraseAddress", (shop) -> {
			shop.mail().fill(shop.account());
			return Map.of("address", "ben@shop.example");
		}, RepeatedCalls::stays);
		add("markBellSeen", (shop) -> Map.of("through", end(shop)), RepeatedCalls::stays);
		add("markAllJobNotificationsRead", (shop) -> Map.of("through", end(shop)), RepeatedCalls::stays);
		add("setJobNotificationsRead", Set.of(), Set.of("jobNotifications"), (shop) -> {
			end(shop);
			return Map.of("ids", List.of(first(shop, "jobNotifications")), "read", true);
		}, (shop, answer) -> shop.run("delete from job_notification where account_id = $1 and run_id = $2 returning 1",
				"run-1"));
		add("upsertAccounts", Set.of(), Set.of("status"),
				(shop) -> Map.of("accounts", List.of(Map.of("externalId", shop.name(), "name", "Shop"))),
				RepeatedCalls::stays);
		add("upsertUsers", Set.of(), Set.of("status"),
				(shop) -> Map.of("account", shop.name(), "users", List.of(Map.of("externalId", "ben", "name", "Ben"))),
				RepeatedCalls::stays);
	}

	private RepeatedCalls() {
	}

	private static void add(String mutation, Function<Shop, Map<String, Object>> input, Removal removal) {
		add(mutation, Set.of(), Set.of(), input, removal);
	}

	private static void add(String mutation, Set<String> nullSaysSomething, Set<String> changing,
			Function<Shop, Map<String, Object>> input, Removal removal) {
		ALL.put(mutation, new RepeatedCall(mutation, nullSaysSomething, changing, input, removal));
	}

	/** What it answered cannot go. */
	private static void stays(Shop shop, Map<String, Object> answer) {
	}

	private static String alert(Shop shop) {
		return id(shop.change("createAlert",
				Map.of("name", "An alert", "eventType", "ORDER_IMPORTED", "recipients", ANN)), "alert");
	}

	private static String recipientList(Shop shop) {
		return id(shop.change("createRecipientList", Map.of("name", "A list", "addresses", List.of())),
				"recipientList");
	}

	private static String end(Shop shop) {
		shop.owner().bell();
		shop.complete("run-1", "shop-1", "Shop");
		return shop.owner().bell().cursor();
	}

	private static String id(Map<String, Object> answer, String field) {
		return (String) ((Map<?, ?>) answer.get(field)).get("id");
	}

	private static String first(Shop shop, String list) {
		return shop.owner()
			.ask("{ " + list + " { nodes { id } } }")
			.field(list + ".nodes[0].id")
			.toEntity(String.class);
	}

	/**
	 * A mutation that can be repeated.
	 *
	 * @param nullSaysSomething the fields of its input of which null says something else
	 * than that they are absent
	 * @param changing the fields of its answer of which a repeated call says the present
	 * state
	 */
	record RepeatedCall(String mutation, Set<String> nullSaysSomething, Set<String> changing,
			Function<Shop, Map<String, Object>> input, Removal removal) {

		BelfryClient client(Shop shop) {
			return this.mutation.startsWith("upsert") ? shop.platform() : shop.owner();
		}

	}

	/** Lets what was answered go. */
	interface Removal {

		void of(Shop shop, Map<String, Object> answer);

	}

}
