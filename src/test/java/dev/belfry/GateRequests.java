package dev.belfry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request for each of the client samples, by the owner of an account or the platform.
 */
final class GateRequests {

	/** What the token alone answers, or only statements of the system. */
	static final Set<String> ASK_NOTHING = Set.of("viewer", "upsertAccounts", "eventTypes");

	private final String account;

	private final BelfryClient owner;

	private final BelfryClient platform;

	private final Map<String, Object> names = new HashMap<>();

	GateRequests(int port, String account) {
		this.account = account;
		this.owner = new BelfryClient(port, TestTokens.owner(account));
		this.platform = new BelfryClient(port, TestTokens.platform());
	}

	void prepare() {
		this.owner.bell();
		this.platform.record(this.account, Completions.of(5)).block(BelfryClient.TIMEOUT);
		this.platform.publish(this.account, Events.of(2)).block(BelfryClient.TIMEOUT);
		ClientGraphQlResponse answer = this.owner
			.ask("{ bell { cursor } jobNotifications { nodes { id integration { id } } }"
					+ " platformEvents { edges { cursor node { id } } }"
					+ " deliveries { nodes { id } } suppressions { nodes { id } } }");
		makeAlerts("kept", "changed", "gone");
		this.names.put("cursor", answer.field("bell.cursor").getValue());
		this.names.put("event", answer.field("platformEvents.edges[0].node.id").getValue());
		this.names.put("eventCursor", answer.field("platformEvents.edges[0].cursor").getValue());
		this.names.put("job", answer.field("jobNotifications.nodes[0].id").getValue());
		this.names.put("delivery", answer.field("deliveries.nodes[0].id").getValue());
		this.names.put("suppression", answer.field("suppressions.nodes[0].id").getValue());
		this.names.put("integration", answer.field("jobNotifications.nodes[0].integration.id").getValue());
		watchAJob();
	}

	private void watchAJob() {
		this.owner.run("createAlert",
				Map.of("input",
						Map.of("name", "watching", "eventType", "JOB_OVERDUE", "recipients", List.of(), "watch",
								Map.of("operation", "GET_ORDERS", "integrationId", this.names.get("integration"),
										"afterMinutes", 30))));
	}

	private void makeAlerts(String... names) {
		for (String name : names) {
			ClientGraphQlResponse list = this.owner.run("createRecipientList",
					Map.of("input", Map.of("name", name, "addresses", List.of("kim@shop.example"))));
			this.names.put(name + "List", list.field("createRecipientList.recipientList.id").getValue());
			ClientGraphQlResponse made = this.owner.run("createAlert", Map.of("input", alert(name)));
			this.names.put(name, made.field("createAlert.alert.id").getValue());
		}
	}

	private Map<String, Object> alert(String name) {
		return Map.of("name", name, "eventType", "ORDER_IMPORTED", "recipients",
				List.of(Map.of("email", "kim@shop.example"), Map.of("persona", "B2B_USER"),
						Map.of("special", "DEFAULT_EMAIL"), Map.of("listId", this.names.get("keptList"))));
	}

	void run(String sample) {
		switch (sample) {
			case "bellChanges" -> assertThat(this.owner.bellChanges().blockFirst(BelfryClient.TIMEOUT)).isNotNull();
			case "bellWarnings" -> assertThat(this.owner.subscribe("bellWarnings", Map.of(), "bell", Object.class)
				.blockFirst(BelfryClient.TIMEOUT)).isNotNull();
			case "jobNotificationFeed" ->
				assertThat(this.owner.feed(Map.of()).blockFirst(BelfryClient.TIMEOUT)).isNotNull();
			case "dryRunAlert" -> assertThat(dryRun().blockLast(BelfryClient.TIMEOUT)).containsEntry("complete", true);
			case "recordJobCompletions", "publishEvents", "upsertAccounts", "upsertUsers" -> run(this.platform, sample);
			default -> run(this.owner, sample);
		}
	}

	@SuppressWarnings("unchecked")
	private Flux<Map<String, Object>> dryRun() {
		Map<String, Object> input = Map.of("alert", Map.of("id", this.names.get("kept")), "from",
				"2026-01-01T00:00:00Z");
		return this.owner.subscribe("dryRunAlert", Map.of("input", input), "dryRunAlert", Map.class)
			.map((value) -> (Map<String, Object>) value);
	}

	private void run(BelfryClient client, String sample) {
		ClientGraphQlResponse answer = client.run(sample, variables(sample));
		assertThat(answer.getErrors()).as(sample).isEmpty();
		assertThat(answer.getData().toString()).as(sample).doesNotContain("message=");
	}

	private Map<String, Object> variables(String sample) {
		return switch (sample) {
			case "viewer", "bell", "integrations", "jobNotifications", "eventTypes", "notificationSettings",
					"deliveries", "suppressions", "alerts", "recipientLists", "users", "dailyEmailCap" ->
				Map.of();
			case "platformEvents" -> Map.of("type", "ORDER_IMPORTED", "after", this.names.get("eventCursor"));
			case "searchJobNotifications" -> Map.of("words", "shop");
			case "integration" -> Map.of("id", this.names.get("integration"));
			case "deliveryDetail" -> Map.of("id", this.names.get("delivery"));
			case "node", "jobNotificationDetail", "whyNotified" -> Map.of("id", this.names.get("job"));
			case "nodes" ->
				Map.of("ids", List.of(this.names.get("job"), this.names.get("integration"), this.names.get("event")));
			case "markBellSeen", "markAllJobNotificationsRead" ->
				Map.of("input", Map.of("through", this.names.get("cursor"), "idempotencyKey", "key"));
			case "setJobNotificationsRead" ->
				Map.of("input", Map.of("ids", List.of(this.names.get("job")), "read", false));
			case "retryDelivery" -> Map.of("input", Map.of("id", this.names.get("delivery"), "idempotencyKey", "key"));
			case "removeSuppression" -> Map.of("input", Map.of("id", this.names.get("suppression")));
			case "eraseAddress" -> Map.of("input", Map.of("address", "ann@shop.example"));
			case "alert" -> Map.of("id", this.names.get("kept"));
			case "recipientList" -> Map.of("id", this.names.get("keptList"));
			case "createAlert" -> Map.of("input", alert("new"));
			case "updateAlert" -> Map.of("input", Map.of("id", this.names.get("changed"), "expectedVersion", 1, "name",
					"other", "idempotencyKey", "key"));
			case "setAlertEnabled" -> Map.of("input", Map.of("id", this.names.get("kept"), "enabled", true));
			case "deleteAlert" -> Map.of("input", Map.of("id", this.names.get("gone")));
			case "previewAlert", "sendTestAlert" -> Map.of("input", Map.of("alert",
					Map.of("id", this.names.get("kept")), "event", Map.of("id", this.names.get("event"))));
			case "createRecipientList" -> Map.of("input", Map.of("name", "new", "addresses", List.of("a@x.com")));
			case "updateRecipientList" ->
				Map.of("input", Map.of("id", this.names.get("keptList"), "expectedVersion", 1, "name", "other"));
			case "deleteRecipientList" -> Map.of("input", Map.of("id", this.names.get("goneList")));
			case "recordJobCompletions" ->
				Map.of("input", Map.of("account", this.account, "completions", Completions.of(2)));
			case "publishEvents" -> Map.of("input", Map.of("account", this.account, "events", Events.of(2)));
			case "upsertAccounts" ->
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.account, "name", "Gate"))));
			case "upsertUsers" -> Map.of("input",
					Map.of("account", this.account, "users", List.of(Map.of("externalId", "ann", "name", "Ann"))));
			case "updateNotificationSettings" -> Map.of("input",
					Map.of("expectedVersion", 0, "defaultEmail", "gate@shop.example", "idempotencyKey", "key"));
			case "setGlobalNotification" -> Map.of("input", Map.of("type", "JOB_FAILED", "enabled", false));
			default -> throw new IllegalArgumentException("Say how to run the sample " + sample);
		};
	}

}
