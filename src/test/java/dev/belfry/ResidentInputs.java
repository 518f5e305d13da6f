package dev.belfry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;

/** Inputs that are right for a resident, one after the other. */
record ResidentInputs(Resident resident) {

	/** The least that the field of a root takes as its input; null if it has none. */
	@Nullable Map<String, Object> of(String field) {
		Supplier<Map<String, Object>> input = all().get(field);
		return (input != null) ? input.get() : null;
	}

	private Map<String, Supplier<Map<String, Object>>> all() {
		Map<String, String> names = this.resident.names();
		Map<String, Object> draft = Map.of("draft", Map.of("eventType", "ORDER_IMPORTED"));
		Map<String, Supplier<Map<String, Object>>> inputs = new HashMap<>();
		inputs.put("markBellSeen", () -> Map.of("through", names.get("cursor")));
		inputs.put("markAllJobNotificationsRead", () -> Map.of("through", names.get("cursor")));
		inputs.put("setJobNotificationsRead", () -> Map.of("ids", List.of(names.get("job")), "read", true));
		inputs.put("recordJobCompletions", () -> Map.of("completions", List.of(Completions.one())));
		inputs.put("publishEvents", () -> Map.of("events", List.of(Events.one())));
		inputs.put("eraseAddress", () -> Map.of("address", "nobody@shop.example"));
		inputs.put("createAlert", ResidentInputs::alert);
		inputs.put("updateAlert", () -> Map.of("id", names.get("alert"), "expectedVersion", version("alert")));
		inputs.put("setAlertEnabled", () -> Map.of("id", names.get("alert"), "enabled", true));
		inputs.put("deleteAlert", () -> Map.of("id", made("alert", alert())));
		inputs.put("createRecipientList", ResidentInputs::list);
		inputs.put("updateRecipientList",
				() -> Map.of("id", names.get("recipientList"), "expectedVersion", version("recipientList")));
		inputs.put("deleteRecipientList", () -> Map.of("id", made("recipientList", list())));
		inputs.put("updateNotificationSettings", () -> Map.of("expectedVersion", settingsVersion()));
		inputs.put("setGlobalNotification", () -> Map.of("type", "JOB_FAILED", "enabled", false));
		inputs.put("upsertAccounts",
				() -> Map.of("accounts", List.of(Map.of("externalId", this.resident.name(), "name", "N"))));
		inputs.put("upsertUsers", () -> Map.of("users", List.of(Map.of("externalId", "ann", "name", "Ann"))));
		inputs.put("previewAlert", () -> Map.of("alert", draft));
		inputs.put("sendTestAlert", () -> Map.of("alert", draft));
		inputs.put("dryRunAlert", () -> Map.of("alert", draft, "from", "2026-01-01T00:00:00Z"));
		return inputs;
	}

	private static Map<String, Object> alert() {
		return Map.of("name", UUID.randomUUID().toString(), "eventType", "ORDER_IMPORTED", "recipients", List.of());
	}

	private static Map<String, Object> list() {
		return Map.of("name", UUID.randomUUID().toString(), "addresses", List.of());
	}

	private String made(String kind, Map<String, Object> input) {
		String mutation = "create" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
		return this.resident.owner()
			.run(mutation, Map.of("input", input))
			.field(mutation + "." + kind + ".id")
			.toEntity(String.class);
	}

	private int version(String kind) {
		return this.resident.owner()
			.ask("query q($id: ID!) { node(id: $id) { ... on Alert { version } ... on RecipientList { version } } }",
					Map.of("id", this.resident.names().get(kind)))
			.field("node.version")
			.toEntity(Integer.class);
	}

	private int settingsVersion() {
		return this.resident.owner()
			.ask("{ notificationSettings { version } }")
			.field("notificationSettings.version")
			.toEntity(Integer.class);
	}

}
