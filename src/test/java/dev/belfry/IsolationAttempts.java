package dev.belfry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.springframework.graphql.ResponseError;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.graphql.client.SubscriptionErrorException;
import reactor.core.publisher.Signal;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;

/** For every place of the schema that names something, how to name something there. */
final class IsolationAttempts {

	static final Map<String, List<Attempt>> ALL = new HashMap<>();

	private static final String JOBS = """
			query q($filter: JobNotificationFilter, $after: Cursor, $before: Cursor) {
			  jobNotifications(filter: $filter, after: $after, before: $before) {
			    totalCount nodes { runId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
			    facets { operations { count } integrations { count } origins { count } outcomes { count } } } }""";

	private static final String INTEGRATIONS = """
			query q($after: Cursor, $before: Cursor) {
			  integrations(after: $after, before: $before) {
			    nodes { name recentJobNotifications { runId } } pageInfo { hasNextPage hasPreviousPage } } }""";

	private static final String INTEGRATION = """
			query q($id: ID!) { integration(id: $id) { name recentJobNotifications { runId } } }""";

	private static final String EVENTS = """
			query q($after: Cursor) {
			  platformEvents(after: $after) { nodes { eventId payload } pageInfo { hasNextPage hasPreviousPage } } }""";

	private static final String DELIVERIES = """
			query q($after: Cursor) {
			  deliveries(after: $after) { nodes { address subject } pageInfo { hasNextPage hasPreviousPage } } }""";

	private static final String SUPPRESSIONS = """
			query q($after: Cursor) {
			  suppressions(after: $after) { nodes { address topic } pageInfo { hasNextPage hasPreviousPage } } }""";

	private static final String ALERTS = """
			query q($after: Cursor) {
			  alerts(after: $after) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }""";

	private static final String RECIPIENT_LISTS = """
			query q($after: Cursor) {
			  recipientLists(after: $after) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }""";

	private static final String USERS = """
			query q($after: Cursor) {
			  users(after: $after) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }""";

	private static final String VERSIONS = """
			query q($after: Cursor) {
			  alerts { nodes { versions(after: $after) { nodes { version } pageInfo { hasPreviousPage } } } } }""";

	private static final String EVALUATIONS = """
			query q($after: Cursor) {
			  alerts { nodes { evaluations(after: $after) { nodes { version } pageInfo { hasPreviousPage } } } } }""";

	private static final String MESSAGES = """
			query q($after: Cursor) { jobNotifications { nodes { messages(first: 1, after: $after) { nodes { text } } } } }""";

	private static final String SETTINGS = """
			query q($after: Cursor) {
			  notificationSettings { changes(after: $after) { nodes { version } pageInfo { hasPreviousPage } } } }""";

	static {
		for (String kind : List.of("account", "user", "bell", "integration", "origin", "job", "event", "delivery",
				"cursor", "settings", "globalNotification", "alert", "recipientList")) {
			String own = kind.equals("cursor") ? "job" : kind;
			query("Query.node(id)", "query q($id: ID!) { node(id: $id) { __typename } }", own,
					(value) -> Map.of("id", value));
			query("Query.nodes(ids)", "query q($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", own,
					(value) -> Map.of("ids", List.of(value, value)));
		}
		query("Query.deliveries(after)", DELIVERIES, "deliveryCursor", (value) -> Map.of("after", value));
		query("Query.suppressions(after)", SUPPRESSIONS, "suppressionCursor", (value) -> Map.of("after", value));
		query("Query.alert(id)", "query q($id: ID!) { alert(id: $id) { name } }", "alert",
				(value) -> Map.of("id", value));
		query("Query.recipientList(id)", "query q($id: ID!) { recipientList(id: $id) { name } }", "recipientList",
				(value) -> Map.of("id", value));
		query("Query.alerts(after)", ALERTS, "alertCursor", (value) -> Map.of("after", value));
		query("Query.recipientLists(after)", RECIPIENT_LISTS, "recipientListCursor", (value) -> Map.of("after", value));
		query("Query.users(after)", USERS, "userCursor", (value) -> Map.of("after", value));
		query("Alert.versions(after)", VERSIONS, "alertVersionCursor", (value) -> Map.of("after", value));
		query("Alert.evaluations(after)", EVALUATIONS, "evaluationCursor", (value) -> Map.of("after", value));
		query("Query.integration(id)", INTEGRATION, "integration", (value) -> Map.of("id", value));
		query("Query.integrations(after)", INTEGRATIONS, "integrationCursor", (value) -> Map.of("after", value));
		query("Query.integrations(before)", INTEGRATIONS, "integrationCursor", (value) -> Map.of("before", value));
		query("Query.jobNotifications(after)", JOBS, "cursor", (value) -> Map.of("after", value));
		query("Query.jobNotifications(before)", JOBS, "cursor", (value) -> Map.of("before", value));
		query("Query.jobNotifications(filter.integrationIds)", JOBS, "integration",
				(value) -> Map.of("filter", Map.of("integrationIds", List.of(value))));
		query("Query.jobNotifications(filter.originIds)", JOBS, "origin",
				(value) -> Map.of("filter", Map.of("originIds", List.of(value))));
		query("Query.platformEvents(after)", EVENTS, "eventCursor", (value) -> Map.of("after", value));
		for (String kind : List.of("job", "event")) {
			query("Query.whyNotified(id)",
					"query q($id: ID!) { whyNotified(id: $id) { evaluated considered { type } } }", kind,
					(value) -> Map.of("id", value));
		}
		query("JobNotification.messages(after)", MESSAGES, "messageCursor", (value) -> Map.of("after", value));
		query("NotificationSettings.changes(after)", SETTINGS, "settingsCursor", (value) -> Map.of("after", value));
		feed("Subscription.jobNotifications(since)", "end", (us, value) -> Map.of("since", value));
		feed("Subscription.jobNotifications(filter.integrationIds)", "integration",
				(us, value) -> Map.of("since", start(us), "filter", Map.of("integrationIds", List.of(value))));
		feed("Subscription.jobNotifications(filter.originIds)", "origin",
				(us, value) -> Map.of("since", start(us), "filter", Map.of("originIds", List.of(value))));
		dryRun("id", "alert", (value) -> Map.of("id", value));
		dryRun("draft.recipients.userId", "user", (value) -> draft(Map.of("userId", value)));
		dryRun("draft.recipients.listId", "recipientList", (value) -> draft(Map.of("listId", value)));
		dryRun("draft.watch.integrationId", "integration", (value) -> watching(value));
		sample("markBellSeen(input.through)", "cursor", (value) -> Map.of("through", value));
		sample("markAllJobNotificationsRead(input.through)", "cursor", (value) -> Map.of("through", value));
		sample("setJobNotificationsRead(input.ids)", "job", (value) -> Map.of("ids", List.of(value), "read", true));
		sample("retryDelivery(input.id)", "delivery", (value) -> Map.of("id", value));
		sample("removeSuppression(input.id)", "suppression", (value) -> Map.of("id", value));
		sample("updateAlert(input.id)", "alert", (value) -> Map.of("id", value, "expectedVersion", 0, "name", "Other"));
		sample("setAlertEnabled(input.id)", "alert", (value) -> Map.of("id", value, "enabled", false));
		sample("deleteAlert(input.id)", "alert", (value) -> Map.of("id", value, "expectedVersion", 0));
		sample("updateRecipientList(input.id)", "recipientList",
				(value) -> Map.of("id", value, "expectedVersion", 0, "name", "Other"));
		sample("deleteRecipientList(input.id)", "recipientList", (value) -> Map.of("id", value, "expectedVersion", 0));
		for (String kind : List.of("user", "recipientList")) {
			String named = kind.equals("user") ? "userId" : "listId";
			sample("createAlert(input.recipients." + named + ")", kind, (value) -> Map.of("name", "First", "eventType",
					"ORDER_IMPORTED", "recipients", List.of(Map.of(named, value))));
			mutation("updateAlert(input.recipients." + named + ")", kind, (us, value) -> Map.of("id",
					us.names().get("alert"), "expectedVersion", 0, "recipients", List.of(Map.of(named, value))));
		}
		sample("createAlert(input.watch.integrationId)", "integration", (value) -> Map.of("name", "First", "eventType",
				"JOB_OVERDUE", "recipients", List.of(), "watch", watch(value)));
		mutation("updateAlert(input.watch.integrationId)", "integration", (us, value) -> Map.of("id",
				us.names().get("alert"), "expectedVersion", 0, "eventType", "JOB_OVERDUE", "watch", watch(value)));
		for (String field : List.of("Query.previewAlert", "Mutation.sendTestAlert")) {
			trial(field + "(input.alert.id)", "alert", (value) -> Map.of("alert", Map.of("id", value)));
			trial(field + "(input.alert.draft.recipients.userId)", "user",
					(value) -> Map.of("alert", draft(Map.of("userId", value))));
			trial(field + "(input.alert.draft.recipients.listId)", "recipientList",
					(value) -> Map.of("alert", draft(Map.of("listId", value))));
			trial(field + "(input.alert.draft.watch.integrationId)", "integration",
					(value) -> Map.of("alert", watching(value)));
			trial(field + "(input.event.id)", "event", (value) -> Map.of("alert",
					Map.of("draft", Map.of("eventType", "ORDER_IMPORTED")), "event", Map.of("id", value)));
			trial(field + "(input.event.id)", "job", (value) -> Map.of("alert",
					Map.of("draft", Map.of("eventType", "JOB_COMPLETED")), "event", Map.of("id", value)));
		}
		sample("recordJobCompletions(input.account)", "externalId",
				(value) -> Map.of("account", value, "completions", List.of(Completions.one("run-new", "FAILED"))));
		sample("publishEvents(input.account)", "externalId",
				(value) -> Map.of("account", value, "events", List.of(Events.one("event-new"))));
		sample("upsertUsers(input.account)", "externalId",
				(value) -> Map.of("account", value, "users", List.of(Map.of("externalId", "new", "name", "New"))));
	}

	private IsolationAttempts() {
	}

	private static void query(String coordinate, String document, String kind,
			Function<String, Map<String, Object>> variables) {
		add(coordinate, new Attempt(kind, (us, value) -> answer(us.owner().ask(document, variables.apply(value)))));
	}

	private static void sample(String coordinate, String kind, Function<String, Map<String, Object>> input) {
		mutation(coordinate, kind, (us, value) -> input.apply(value));
	}

	private static void mutation(String coordinate, String kind, Try<Map<String, Object>> input) {
		String document = coordinate.substring(0, coordinate.indexOf('('));
		add("Mutation." + coordinate, new Attempt(kind,
				(us, value) -> answer(us.writer().run(document, Map.of("input", input.apply(us, value))))));
	}

	private static void trial(String coordinate, String kind, Function<String, Map<String, Object>> input) {
		String document = coordinate.substring(coordinate.indexOf('.') + 1, coordinate.indexOf('('));
		add(coordinate, new Attempt(kind,
				(us, value) -> answer(us.owner().run(document, Map.of("input", input.apply(value))))));
	}

	private static Map<String, Object> watching(String integrationId) {
		return Map.of("draft", Map.of("eventType", "JOB_OVERDUE", "watch", watch(integrationId)));
	}

	private static void feed(String coordinate, String kind, Try<Map<String, Object>> variables) {
		add(coordinate,
				new Attempt(kind,
						(us, value) -> us.owner()
							.feed(variables.apply(us, value))
							.materialize()
							.map(IsolationAttempts::answer)
							.blockFirst(BelfryClient.TIMEOUT)));
	}

	private static void dryRun(String place, String kind, Function<String, Map<String, Object>> alert) {
		add("Subscription.dryRunAlert(input.alert." + place + ")",
				new Attempt(kind, (us, value) -> us.owner()
					.subscribe("dryRunAlert",
							Map.of("input", Map.of("alert", alert.apply(value), "from", "2026-01-01T00:00:00Z")),
							"dryRunAlert", Map.class)
					.materialize()
					.map(IsolationAttempts::answer)
					.blockFirst(BelfryClient.TIMEOUT)));
	}

	private static Map<String, Object> draft(Map<String, Object> recipient) {
		return Map.of("draft", Map.of("eventType", "ORDER_IMPORTED", "recipients", List.of(recipient)));
	}

	private static void add(String coordinate, Attempt attempt) {
		ALL.computeIfAbsent(coordinate, (key) -> new ArrayList<>()).add(attempt);
	}

	private static Map<String, Object> watch(String integrationId) {
		return Map.of("operation", "GET_ORDERS", "integrationId", integrationId, "afterMinutes", 30);
	}

	private static String start(Resident us) {
		return us.cursors().encode(us.account(), 0);
	}

	private static Object answer(ClientGraphQlResponse response) {
		return response.toMap();
	}

	private static Object answer(Signal<?> signal) {
		if (signal.getThrowable() instanceof SubscriptionErrorException refused) {
			return refused.getErrors().stream().map(ResponseError::getExtensions).toList();
		}
		return signal.hasValue() ? signal.get() : signal;
	}

	/**
	 * Names something at one place.
	 *
	 * @param kind what is named there
	 */
	record Attempt(String kind, Try<Object> answer) {

		Object answer(Resident us, Resident whose) {
			return answer(us, whose.names().get(this.kind));
		}

		Object answer(Resident us, String value) {
			return this.answer.apply(us, value);
		}

	}

	/** Something done by a resident with a value. */
	interface Try<T> {

		T apply(Resident us, String value);

	}

}
