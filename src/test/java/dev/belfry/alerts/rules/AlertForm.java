package dev.belfry.alerts.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who has the alerts and recipient lists of an account before them. */
public record AlertForm(BelfryClient client) {

	static final Map<String, Object> ABROAD = test("order.shipping.country", "NOT_EQUALS", "US");

	/** An alert with this name about imported orders, which is on and tells Ann. */
	public Shown make(String name, Object... more) {
		return create(name, more).saved();
	}

	Answer create(String name, Object... more) {
		return sendCreate(name, more).block(BelfryClient.TIMEOUT);
	}

	Mono<Answer> sendCreate(String name, Object... more) {
		Map<String, Object> input = input("name", name, "eventType", "ORDER_IMPORTED", "enabled", true, "recipients",
				List.of(Map.of("email", "ann@shop.example")));
		input.putAll(input(more));
		return run("createAlert", input);
	}

	/** Sends what is to be different about an alert as it is now. */
	Answer update(Shown alert, Object... fields) {
		return updateFor(read(alert.id()).version(), alert, fields);
	}

	Answer updateFor(int expectedVersion, Shown alert, Object... fields) {
		return sendUpdate(expectedVersion, alert.id(), fields).block(BelfryClient.TIMEOUT);
	}

	Mono<Answer> sendUpdate(int expectedVersion, String id, Object... fields) {
		Map<String, Object> input = input(fields);
		input.put("id", id);
		input.put("expectedVersion", expectedVersion);
		return run("updateAlert", input);
	}

	Answer switchTo(boolean enabled, Shown alert, Object... more) {
		return sendSwitch(enabled, alert.id(), more).block(BelfryClient.TIMEOUT);
	}

	Mono<Answer> sendSwitch(boolean enabled, String id, Object... more) {
		Map<String, Object> input = input(more);
		input.put("id", id);
		input.put("enabled", enabled);
		return run("setAlertEnabled", input);
	}

	public Answer delete(Shown alert, Object... more) {
		Map<String, Object> input = input(more);
		input.put("id", alert.id());
		return run("deleteAlert", input).block(BelfryClient.TIMEOUT);
	}

	/** The alert, or null. */
	Shown read(String id) {
		return answer("alert", Map.of("id", id)).field("alert").toEntity(Shown.class);
	}

	List<Version> versions(Shown alert) {
		return answer("alert", Map.of("id", alert.id(), "versions", 100)).field("alert.versions.nodes")
			.toEntityList(Version.class);
	}

	List<String> names(Map<String, Object> filter) {
		return answer("alerts", Map.of("filter", filter, "first", 100)).field("alerts.edges")
			.toEntityList(Edge.class)
			.stream()
			.map((edge) -> edge.node().name())
			.toList();
	}

	public ListAnswer createList(String name, String... addresses) {
		return runList("createRecipientList", Map.of("name", name, "addresses", List.of(addresses)))
			.block(BelfryClient.TIMEOUT);
	}

	public ListAnswer updateList(ShownList list, Object... fields) {
		return sendList(list, fields).block(BelfryClient.TIMEOUT);
	}

	public Mono<ListAnswer> sendList(ShownList list, Object... fields) {
		Map<String, Object> input = input("id", list.id(), "expectedVersion", list.version());
		input.putAll(input(fields));
		return runList("updateRecipientList", input);
	}

	public ListAnswer deleteList(ShownList list, Object... more) {
		Map<String, Object> input = input(more);
		input.put("id", list.id());
		return runList("deleteRecipientList", input).block(BelfryClient.TIMEOUT);
	}

	public Mono<ListAnswer> runList(String mutation, Map<String, Object> input) {
		return send(mutation, input).map((answer) -> answer.field(mutation).toEntity(ListAnswer.class));
	}

	/** The list, or null. */
	public ShownList readList(String id) {
		return answer("recipientList", Map.of("id", id)).field("recipientList").toEntity(ShownList.class);
	}

	public ClientGraphQlResponse answer(String document, Map<String, Object> variables) {
		ClientGraphQlResponse answer = this.client.run(document, variables);
		assertThat(answer.getErrors()).isEmpty();
		return answer;
	}

	/** What watches the first integration of the account. */
	Map<String, Object> watch(Object... fields) {
		Map<String, Object> watch = input("operation", "GET_ORDERS", "integrationId",
				answer("integrations", Map.of()).field("integrations.edges[0].node.id").getValue());
		watch.putAll(input(fields));
		return watch;
	}

	static Map<String, Object> test(String field, String operator, Object value) {
		return Map.of("test", Map.of("field", field, "operator", operator, "value", value));
	}

	public static Map<String, Object> template(String subject, String body) {
		return Map.of("subject", subject, "body", body);
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
		return send(mutation, input).map((answer) -> answer.field(mutation).toEntity(Answer.class));
	}

	private Mono<ClientGraphQlResponse> send(String mutation, Map<String, Object> input) {
		return this.client.send(mutation, Map.of("input", input))
			.doOnNext((answer) -> assertThat(answer.getErrors()).isEmpty());
	}

	/** What a mutation answers. */
	record Answer(Shown alert, String deletedAlertId, List<Problem> userErrors) {

		public List<String> errors() {
			return Problem.told(this.userErrors);
		}

		List<String> messages() {
			return this.userErrors.stream().map(Problem::message).toList();
		}

		public Shown saved() {
			assertThat(this.userErrors).isEmpty();
			return this.alert;
		}

	}

	public record ListAnswer(ShownList recipientList, String deletedRecipientListId, List<Problem> userErrors) {

		public List<String> errors() {
			return Problem.told(this.userErrors);
		}

		public ShownList saved() {
			assertThat(this.userErrors).isEmpty();
			return this.recipientList;
		}

	}

	public record Problem(String code, String message, List<String> field) {

		/** Each as its code and the path of what it is about. */
		public static List<String> told(List<Problem> problems) {
			return problems.stream()
				.map((problem) -> (problem.field() == null) ? problem.code()
						: problem.code() + " " + String.join(".", problem.field()))
				.toList();
		}

	}

	public record Shown(String id, String name, String eventType, String eventTypeTitle, boolean enabled, int version,
			Map<String, Object> conditionSource, Watch watch, TemplateText template, List<Told> recipients,
			String createdAt, String changedAt, String changedBy) {

		List<String> labels() {
			return this.recipients.stream().map(Told::label).toList();
		}

	}

	record Watch(String operation, String operationName, String integrationId, String integrationName,
			Integer afterMinutes, boolean timesUsual) {
	}

	record Told(String kind, String label, String email, String persona, Person user, Person list) {
	}

	record Person(String id, String name) {
	}

	record Version(int version, String changedAt, String changedBy, Person user, List<Difference> changes, String name,
			boolean enabled, Map<String, Object> conditionSource, List<Told> recipients) {
	}

	record Difference(String part, String before, String after) {
	}

	record Edge(String cursor, Shown node) {
	}

	public record ShownList(String id, String name, int version, List<String> addresses, String changedBy) {
	}

}
