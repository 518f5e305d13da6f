package dev.belfry.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who has the form of notification settings before them. */
record SettingsForm(BelfryClient client) {

	Shown read() {
		ClientGraphQlResponse answer = this.client.run("notificationSettings", Map.of());
		assertThat(answer.getErrors()).isEmpty();
		return answer.field("notificationSettings").toEntity(Shown.class);
	}

	/** Sends what is to be different, for the version that is in force. */
	Answer update(Object... fields) {
		return updateFor(read().version(), fields);
	}

	Answer updateFor(int expectedVersion, Object... fields) {
		return send(expectedVersion, fields).block(BelfryClient.TIMEOUT);
	}

	Mono<Answer> send(int expectedVersion, Object... fields) {
		Map<String, Object> input = input(fields);
		input.put("expectedVersion", expectedVersion);
		return run("updateNotificationSettings", input);
	}

	/** Switches one toggle. */
	Answer set(String type, boolean enabled, Object... fields) {
		return sendToggle(type, enabled, fields).block(BelfryClient.TIMEOUT);
	}

	Mono<Answer> sendToggle(String type, boolean enabled, Object... fields) {
		Map<String, Object> input = input(fields);
		input.put("type", type);
		input.put("enabled", enabled);
		return run("setGlobalNotification", input);
	}

	/** Names and values by turns; a value may be null. */
	static Map<String, Object> input(Object... fields) {
		Map<String, Object> input = new HashMap<>();
		for (int i = 0; i < fields.length; i += 2) {
			input.put((String) fields[i], fields[i + 1]);
		}
		return input;
	}

	private Mono<Answer> run(String mutation, Map<String, Object> input) {
		return this.client.send(mutation, Map.of("input", input)).map((answer) -> {
			assertThat(answer.getErrors()).isEmpty();
			return answer.field(mutation).toEntity(Answer.class);
		});
	}

	/** What a mutation answers. */
	record Answer(Shown notificationSettings, List<Problem> userErrors) {

		/** Each as its code and the path of what it is about. */
		List<String> errors() {
			return this.userErrors.stream()
				.map((error) -> error.code() + " " + String.join(".", error.field()))
				.toList();
		}

		List<String> messages() {
			return this.userErrors.stream().map(Problem::message).toList();
		}

		Shown saved() {
			assertThat(this.userErrors).isEmpty();
			return this.notificationSettings;
		}

	}

	record Problem(String code, String message, List<String> field) {
	}

	record Shown(String id, int version, String defaultEmail, List<Notification> globalNotifications) {

		Notification named(String type) {
			return this.globalNotifications.stream()
				.filter((notification) -> notification.type().equals(type))
				.findFirst()
				.orElseThrow();
		}

		List<String> on() {
			return this.globalNotifications.stream().filter(Notification::enabled).map(Notification::type).toList();
		}

	}

	record Notification(String id, String type, boolean enabled, List<String> overrideEmails, List<String> recipients) {
	}

}
