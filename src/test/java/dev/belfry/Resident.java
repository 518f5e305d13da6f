package dev.belfry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.graphql.relay.Cursors;
import dev.belfry.ids.Ids;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

/** An account with its owner, and everything that names something of it. */
record Resident(String name, BelfryClient owner, BelfryClient writer, Map<String, String> names, AccountId account,
		Ids ids, Cursors cursors) {

	private static final String NAMES = """
			{ viewer { account { id } user { id } }
			  bell { id cursor }
			  notificationSettings { id globalNotifications { id } changes { edges { cursor } } }
			  deliveries { edges { cursor node { id } } }
			  suppressions { edges { cursor node { id } } }
			  alerts { edges { cursor node { id versions { edges { cursor } } evaluations { edges { cursor } } } } }
			  recipientLists { edges { cursor node { id } } }
			  users { edges { cursor } }
			  integrations { edges { cursor node { id origin { id } } } }
			  jobNotifications { nodes { id cursor messages { edges { cursor } } } }
			  platformEvents { edges { cursor node { id } } } }""";

	Resident(String name, int port, TestAccounts accounts, TestMail mail, Ids ids, Cursors cursors) {
		this(name, new BelfryClient(port, TestTokens.owner(name)),
				new BelfryClient(port,
						TestTokens.user(name, "owner", TestTokens.ALL_SCOPES + " " + TestTokens.PLATFORM_SCOPES)),
				new HashMap<>(), accounts.create(name), ids, cursors);
		this.owner.bell();
		BelfryClient platform = new BelfryClient(port, TestTokens.platform());
		platform.record(name, completions()).block(BelfryClient.TIMEOUT);
		platform.publish(name, List.of(Events.one("event-1"), Events.one("event-2"))).block(BelfryClient.TIMEOUT);
		this.owner.run("updateNotificationSettings",
				Map.of("input", Map.of("expectedVersion", 0, "defaultEmail", "owner@shop.example")));
		mail.fill(this.account);
		for (String alert : List.of("First", "Second")) {
			this.owner.run("createAlert", Map.of("input", Map.of("name", alert, "eventType", "ORDER_IMPORTED",
					"enabled", true, "recipients", List.of(Map.of("persona", "B2B_USER")))));
			this.owner.run("createRecipientList", Map.of("input", Map.of("name", alert, "addresses", List.of())));
		}
		platform.publish(name, List.of(eventOfNobody())).block(BelfryClient.TIMEOUT);
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> this.owner.ask("{ alerts { nodes { evaluations { nodes { version } } } } }")
				.getData()
				.toString()
				.split("version=1").length == 3);
		readNames();
	}

	/**
	 * One who has what this one could have but has not: the same account, other numbers.
	 */
	Resident nobody() {
		Map<String, String> absent = new HashMap<>();
		absent.put("user", this.ids.encode(Ids.Kind.USER, this.account, 1_000_000));
		absent.put("bell", this.ids.encode(Ids.Kind.BELL, this.account, 1_000_000));
		absent.put("integration", this.ids.encode(Ids.Kind.INTEGRATION, this.account, 1_000_000));
		absent.put("origin", this.ids.encode(Ids.Kind.ORIGIN, this.account, 1_000_000));
		absent.put("job", this.ids.encode(Ids.Kind.JOB_NOTIFICATION, this.account, 1_000_000));
		absent.put("event", this.ids.encode(Ids.Kind.PLATFORM_EVENT, this.account, 1_000_000));
		absent.put("cursor", this.cursors.encode(this.account, 1_000_000));
		absent.put("settings", this.ids.encode(Ids.Kind.SETTINGS, this.account, 1_000_000_000));
		absent.put("globalNotification", this.ids.encode(Ids.Kind.GLOBAL_NOTIFICATION, this.account, 1_000_000));
		absent.put("delivery", this.ids.encode(Ids.Kind.DELIVERY, this.account, 1_000_000));
		absent.put("suppression", this.ids.encode(Ids.Kind.SUPPRESSION, this.account, 1_000_000));
		absent.put("deliveryCursor", absent.get("origin"));
		absent.put("suppressionCursor", absent.get("origin"));
		absent.put("alert", this.ids.encode(Ids.Kind.ALERT, this.account, 1_000_000));
		absent.put("recipientList", this.ids.encode(Ids.Kind.RECIPIENT_LIST, this.account, 1_000_000));
		absent.put("alertCursor", absent.get("origin"));
		absent.put("alertVersionCursor", absent.get("origin"));
		absent.put("recipientListCursor", absent.get("origin"));
		absent.put("userCursor", absent.get("origin"));
		absent.put("evaluationCursor", absent.get("origin"));
		absent.put("account", absent.get("origin"));
		absent.put("end", absent.get("cursor"));
		absent.put("integrationCursor", absent.get("integration"));
		absent.put("messageCursor", absent.get("job"));
		absent.put("eventCursor", absent.get("event"));
		absent.put("settingsCursor", absent.get("job"));
		absent.put("externalId", "nobody-knows-this");
		return new Resident("nobody", this.owner, this.writer, absent, this.account, this.ids, this.cursors);
	}

	/** All that another account could have changed here. */
	String state() {
		return this.owner.ask("""
				{ bell { unseenCount unreadCount cursor seenThrough readThrough }
				  notificationSettings { version defaultEmail globalNotifications { enabled overrideEmails } }
				  deliveries { nodes { id state } } suppressions { nodes { id } }
				  alerts { nodes { id version } } recipientLists { nodes { id version } }
				  jobNotifications { totalCount nodes { id read } } platformEvents { nodes { id } } }""")
			.getData()
			.toString();
	}

	private void readNames() {
		ClientGraphQlResponse answer = this.owner.ask(NAMES);
		Map<String, String> paths = Map.ofEntries(Map.entry("account", "viewer.account.id"),
				Map.entry("user", "viewer.user.id"), Map.entry("bell", "bell.id"),
				Map.entry("integration", "integrations.edges[0].node.id"),
				Map.entry("origin", "integrations.edges[0].node.origin.id"),
				Map.entry("job", "jobNotifications.nodes[1].id"),
				Map.entry("cursor", "jobNotifications.nodes[1].cursor"), Map.entry("end", "bell.cursor"),
				Map.entry("integrationCursor", "integrations.edges[0].cursor"),
				Map.entry("messageCursor", "jobNotifications.nodes[1].messages.edges[0].cursor"),
				Map.entry("event", "platformEvents.edges[1].node.id"),
				Map.entry("eventCursor", "platformEvents.edges[0].cursor"),
				Map.entry("settings", "notificationSettings.id"),
				Map.entry("globalNotification", "notificationSettings.globalNotifications[0].id"),
				Map.entry("settingsCursor", "notificationSettings.changes.edges[0].cursor"),
				Map.entry("delivery", "deliveries.edges[0].node.id"),
				Map.entry("deliveryCursor", "deliveries.edges[0].cursor"),
				Map.entry("suppression", "suppressions.edges[0].node.id"),
				Map.entry("suppressionCursor", "suppressions.edges[0].cursor"),
				Map.entry("alert", "alerts.edges[0].node.id"), Map.entry("alertCursor", "alerts.edges[0].cursor"),
				Map.entry("alertVersionCursor", "alerts.edges[0].node.versions.edges[0].cursor"),
				Map.entry("evaluationCursor", "alerts.edges[0].node.evaluations.edges[0].cursor"),
				Map.entry("recipientList", "recipientLists.edges[0].node.id"),
				Map.entry("recipientListCursor", "recipientLists.edges[0].cursor"),
				Map.entry("userCursor", "users.edges[0].cursor"));
		paths.forEach((name, path) -> this.names.put(name, answer.field(path).toEntity(String.class)));
		this.names.put("externalId", this.name);
	}

	/** One that alerts match, and nobody hears of. */
	private static Map<String, Object> eventOfNobody() {
		Map<String, Object> payload = new HashMap<>(EventTypes.named("ORDER_IMPORTED").sample());
		payload.remove("b2bUser");
		return Events.one("event-3", "ORDER_IMPORTED", payload);
	}

	private static List<Map<String, Object>> completions() {
		List<Map<String, Object>> completions = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Map<String, Object> completion = new HashMap<>(Completions.one("run-" + i, "FAILED"));
			completion.put("integration", Map.of("externalId", "shop-" + i, "name", "Shop " + i, "origin",
					Map.of("kind", "CHANNEL", "externalId", "channel-" + i, "name", "Channel " + i)));
			completion.put("messages", List.of(Map.of("severity", "ERROR", "text", "First"),
					Map.of("severity", "ERROR", "text", "Second")));
			completions.add(completion);
		}
		return completions;
	}

}
