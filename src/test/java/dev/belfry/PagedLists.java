package dev.belfry;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import dev.belfry.catalog.types.Topic;
import dev.belfry.testing.TestMail;

/** Every list that is shown by pages, and what can happen to the item at a cursor. */
final class PagedLists {

	static final Map<String, PagedList> ALL = new TreeMap<>();

	private static final List<String> FOUR = List.of("1", "2", "3", "4");

	private static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");

	static {
		users();
		alerts();
		recipientLists();
		integrations();
		deliveries();
		suppressions();
		platformEvents();
		jobNotifications();
		messages();
		alertVersions();
		evaluations();
		settingsChanges();
	}

	private PagedLists() {
	}

	private static void users() {
		add("Query.users", "users(%s)", "users", "externalId",
				(shop) -> List.of("Ann", "Bob", "Cem", "Dan", "Eve", "Fay", "Gil")
					.forEach((name) -> shop.upsertUser(name, name)),
				insert(Where.END, "is renamed to the end", (shop, at) -> {
					shop.upsertUser(at, "Zoe");
					return at;
				}), change("is renamed to the start", (shop, at) -> shop.upsertUser(at, "Abe")),
				delete("delete from account_user where account_id = $1 and external_id = $2 returning 1"),
				insert(Where.NEXT, "follows by the same name", (shop, at) -> {
					shop.upsertUser("twin", at);
					return "twin";
				}));
	}

	private static void alerts() {
		add("Query.alerts", "alerts(%s)", "alerts", "id", (shop) -> FOUR.forEach((name) -> alert(shop, name)),
				change("is renamed",
						(shop, at) -> shop.change("updateAlert",
								Map.of("id", at, "expectedVersion", 1, "name", "Another"))),
				change("is deleted", (shop, at) -> shop.change("deleteAlert", Map.of("id", at))),
				insert(Where.START, "is followed by another", (shop, at) -> alert(shop, "Fifth")));
	}

	private static void recipientLists() {
		add("Query.recipientLists", "recipientLists(%s)", "recipientLists", "id",
				(shop) -> FOUR.forEach((name) -> recipientList(shop, name)),
				change("is renamed",
						(shop, at) -> shop.change("updateRecipientList",
								Map.of("id", at, "expectedVersion", 1, "name", "Another"))),
				change("is deleted", (shop, at) -> shop.change("deleteRecipientList", Map.of("id", at))),
				insert(Where.START, "is followed by another", (shop, at) -> recipientList(shop, "Fifth")));
	}

	private static void integrations() {
		add("Query.integrations", "integrations(%s)", "integrations", "externalId",
				(shop) -> List.of("1", "2", "3", "4", "5").forEach((run) -> shop.complete(run, "shop-" + run, "Shop")),
				change("is renamed", (shop, at) -> shop.complete("renaming-" + UUID.randomUUID(), at, "Another")),
				delete("delete from integration where account_id = $1 and external_id = $2 returning 1"),
				insert(Where.END, "is followed by another", (shop, at) -> {
					shop.complete("6", "shop-6", "Shop");
					return "shop-6";
				}));
	}

	private static void deliveries() {
		add("Query.deliveries", "deliveries(%s)", "deliveries", "address",
				(shop) -> FOUR.forEach((number) -> delivery(shop, number)),
				change("is cancelled",
						(shop, at) -> shop.run("update delivery set state = 'CANCELLED'"
								+ " where account_id = $1 and address = $2 returning 1", at)),
				delete("delete from delivery where account_id = $1 and address = $2 returning 1"),
				insert(Where.START, "is followed by another", (shop, at) -> delivery(shop, "5")));
	}

	private static void suppressions() {
		add("Query.suppressions", "suppressions(%s)", "suppressions", "address",
				(shop) -> FOUR.forEach((number) -> suppression(shop, number)),
				delete("delete from mail_suppression where account_id = $1 and address = $2 returning 1"),
				insert(Where.START, "is followed by another", (shop, at) -> suppression(shop, "5")));
	}

	private static void platformEvents() {
		add("Query.platformEvents", "platformEvents(%s, type: \"ORDER_IMPORTED\")", "platformEvents", "eventId",
				(shop) -> FOUR.forEach(shop::publish),
				delete("delete from platform_event where account_id = $1 and event_id = $2 returning 1"),
				insert(Where.START, "is followed by another", (shop, at) -> {
					shop.publish("5");
					return "5";
				}));
	}

	private static void jobNotifications() {
		add("Query.jobNotifications", "jobNotifications(%s, read: false)", "jobNotifications", "id", (shop) -> {
			shop.owner().bell();
			List.of("1", "2", "3", "4", "5", "6").forEach((run) -> shop.complete(run, "shop-1", "Shop"));
		}, change("is read",
				(shop, at) -> shop.change("setJobNotificationsRead", Map.of("ids", List.of(at), "read", true))),
				insert(Where.START, "is followed by another", (shop, at) -> {
					shop.complete("7", "shop-1", "Shop");
					return shop.keys(ALL.get("Query.jobNotifications"), "first: 1").get(0);
				}));
	}

	/** What a job had to say never changes; only retention takes it, with the job. */
	private static void messages() {
		add("JobNotification.messages", "jobNotifications(first: 1) { nodes { messages(%s)", "} }",
				"jobNotifications.nodes[0].messages", "text", (shop) -> shop.complete("1", "shop-1", "Shop"),
				change("is read",
						(shop, at) -> shop.change("setJobNotificationsRead",
								Map.of("ids",
										List.of(shop.owner()
											.ask("{ jobNotifications { nodes { id } } }")
											.field("jobNotifications.nodes[0].id")
											.toEntity(String.class)),
										"read", true))));
	}

	private static void alertVersions() {
		add("Alert.versions", "alerts(first: 1) { nodes { versions(%s)", "} }", "alerts.nodes[0].versions", "version",
				(shop) -> {
					String id = alert(shop, "1");
					List.of(1, 2, 3, 4)
						.forEach((version) -> shop.change("updateAlert",
								Map.of("id", id, "expectedVersion", version, "name", "Name " + version)));
				}, delete("delete from alert_version where account_id = $1 and version::text = $2 returning 1"),
				insert(Where.START, "is followed by another", (shop, at) -> {
					String id = shop.keys(ALL.get("Query.alerts"), "first: 1").get(0);
					shop.change("updateAlert", Map.of("id", id, "expectedVersion", 5, "name", "Another"));
					return "6";
				}));
	}

	/** The notifier looks at an event some time after it was published. */
	private static void evaluations() {
		add("Alert.evaluations", "alerts(first: 1) { nodes { evaluations(%s)", "} }", "alerts.nodes[0].evaluations",
				"causeId", (shop) -> {
					alert(shop, "1");
					FOUR.forEach(shop::publish);
					shop.await(ALL.get("Alert.evaluations"), 4);
				}, insert(Where.START, "is followed by another", (shop, at) -> {
					shop.publish("5");
					shop.await(ALL.get("Alert.evaluations"), 5);
					return shop.keys(ALL.get("Alert.evaluations"), "first: 1").get(0);
				}), change("is deleted", (shop, at) -> shop.run("""
						delete from alert_evaluation e where e.account_id = $1 and $2 <> '' and e.position = (
						  select n.position from alert_evaluation n where n.account_id = $1
						  order by n.position desc offset 1 limit 1) returning 1""", at)));
	}

	private static void settingsChanges() {
		add("NotificationSettings.changes", "notificationSettings { changes(%s)", "}", "notificationSettings.changes",
				"version", (shop) -> List.of(0, 1, 2, 3).forEach((version) -> setDefaultEmail(shop, version)),
				delete("delete from settings_version where account_id = $1 and version::text = $2 returning 1"),
				insert(Where.START, "is followed by another", (shop, at) -> {
					setDefaultEmail(shop, 4);
					return "5";
				}));
	}

	private static String alert(Shop shop, String name) {
		Map<?, ?> alert = (Map<?, ?>) shop.change("createAlert", Map.of("name", name, "eventType", "ORDER_IMPORTED",
				"enabled", true, "recipients", List.of(Map.of("email", "ann@shop.example"))))
			.get("alert");
		return (String) alert.get("id");
	}

	private static String recipientList(Shop shop, String name) {
		Map<?, ?> list = (Map<?, ?>) shop.change("createRecipientList", Map.of("name", name, "addresses", List.of()))
			.get("recipientList");
		return (String) list.get("id");
	}

	private static String delivery(Shop shop, String number) {
		String address = "a" + number + "@shop.example";
		shop.mail().queue(shop.account(), TestMail.email(Topic.global("JOB_FAILED"), address, NEVER));
		return address;
	}

	private static String suppression(Shop shop, String number) {
		String address = "a" + number + "@shop.example";
		shop.mail().suppress(shop.account(), address, Topic.global("JOB_FAILED"));
		return address;
	}

	private static void setDefaultEmail(Shop shop, int version) {
		shop.change("updateNotificationSettings",
				Map.of("expectedVersion", version, "defaultEmail", "a" + version + "@shop.example"));
	}

	private static void add(String coordinate, String field, String path, String key, Consumer<Shop> fill,
			Disturbance... disturbances) {
		add(coordinate, field, "", path, key, fill, disturbances);
	}

	/**
	 * A list that stands within others.
	 * @param field where it stands, with {@code %s} for its arguments
	 * @param end what closes those that it stands in
	 * @param key the field that names an item, and never changes
	 */
	private static void add(String coordinate, String field, String end, String path, String key, Consumer<Shop> fill,
			Disturbance... disturbances) {
		String document = field + " { edges { node { key: " + key + " } } pageInfo { startCursor endCursor } } " + end;
		ALL.put(coordinate, new PagedList(document, path, fill, Arrays.asList(disturbances)));
	}

	private static Disturbance change(String name, Change change) {
		return new Disturbance(name, Where.NOWHERE, (shop, at) -> {
			change.of(shop, at);
			return "";
		});
	}

	private static Disturbance delete(String sql) {
		return change("is deleted", (shop, at) -> shop.run(sql, at));
	}

	private static Disturbance insert(Where place, String name, Effect effect) {
		return new Disturbance(name, place, effect);
	}

	/**
	 * A list, and what happens to it.
	 *
	 * @param document how it is asked for, with {@code %s} for its arguments
	 * @param fill puts at least four items into it
	 */
	record PagedList(String document, String path, Consumer<Shop> fill, List<Disturbance> disturbances) {
	}

	/**
	 * Something that happens to the item at a cursor.
	 *
	 * @param place where it puts another item
	 */
	record Disturbance(String name, Where place, Effect effect) {
	}

	/** Does it, and answers the key of the item that it puts in. */
	interface Effect {

		String on(Shop shop, String at);

	}

	private interface Change {

		void of(Shop shop, String at);

	}

	/** Where a list has another item. */
	enum Where {

		START, NEXT, END, NOWHERE;

		/** Puts it among those that are expected after a cursor. */
		void forward(String inserted, List<String> rest) {
			if (this == NEXT) {
				rest.add(0, inserted);
			}
			else if (this == END) {
				rest.add(inserted);
			}
		}

		/** Puts it among those that are expected before a cursor. */
		void backward(String inserted, List<String> rest) {
			if (this == START) {
				rest.add(0, inserted);
			}
		}

	}

}
