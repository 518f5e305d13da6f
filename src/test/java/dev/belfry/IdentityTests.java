package dev.belfry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import dev.belfry.graphql.relay.Cursors;
import dev.belfry.ids.Ids;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.Literals;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.SchemaPaths;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.testing.Transport;
import dev.belfry.testing.Transport.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An id names one object: wherever it stands in an answer, the object is of the same type
 * and has the same values as when it is asked for by its id. Caches of clients live by
 * it.
 */
@BelfryTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	private static final SchemaPaths PATHS = new SchemaPaths(SCHEMA);

	private static final int DEPTH = 4;

	/** What changes by itself while it is asked for: an e-mail goes on its way. */
	private static final Set<String> ON_ITS_WAY = Set.of("state", "nextAttemptAt", "answer");

	/** All values of all types that have ids. */
	private static final String AGAIN = SCHEMA.getImplementations((GraphQLInterfaceType) SCHEMA.getType("Node"))
		.stream()
		.map((type) -> " ... on " + type.getName() + " {" + values(type) + " }")
		.collect(Collectors.joining("", "query q($ids: [ID!]!) { nodes(ids: $ids) { __typename id", " } }"));

	private final String account = "identity-" + UUID.randomUUID();

	private final String token = TestTokens.user(this.account, "owner",
			TestTokens.ALL_SCOPES + " " + TestTokens.PLATFORM_SCOPES);

	@LocalServerPort
	private int port;

	private Resident resident;

	private ResidentInputs inputs;

	@BeforeAll
	void fillAnAccount(@Autowired TestAccounts accounts, @Autowired TestMail mail, @Autowired Ids ids,
			@Autowired Cursors cursors) {
		this.resident = new Resident(this.account, this.port, accounts, mail, ids, cursors);
		this.inputs = new ResidentInputs(this.resident);
		this.resident.owner()
			.run("updateAlert", Map.of("input", Map.of("id", this.resident.names().get("alert"), "expectedVersion", 1,
					"name", "Renamed", "recipients", List.of(Map.of("userId", this.resident.names().get("user"))))));
		this.resident.writer()
			.run("upsertUsers", Map.of("input",
					Map.of("users", List.of(Map.of("externalId", "owner", "name", "Renamed", "locale", "de-DE")))));
		this.resident.writer().run("publishEvents", Map.of("input", Map.of("events", List.of(Events.one()))));
		this.resident.writer().run("recordJobCompletions", Map.of("input", Map.of("completions", List.of(renamed()))));
	}

	@TestFactory
	Stream<DynamicTest> namesOneObjectByAnIdWhereverItStands() {
		return Stream.of(SCHEMA.getQueryType(), SCHEMA.getMutationType())
			.flatMap((root) -> root.getFieldDefinitions()
				.stream()
				.filter((field) -> !field.getName().equals("upsertAccounts"))
				.map((field) -> DynamicTest.dynamicTest(field.getName(), () -> check(root, field))));
	}

	private void check(GraphQLObjectType root, GraphQLFieldDefinition field) {
		Reply reply = ask(PATHS.operation(root, "", field.getName() + arguments(field), field.getType(), DEPTH),
				Map.of());
		assertThat(reply.codes()).as(reply.errors().toString()).isEmpty();
		Map<String, Map<String, JsonNode>> found = new LinkedHashMap<>();
		collect(reply.data(), found);
		List<String> ids = List.copyOf(found.keySet());
		for (int from = 0; from < ids.size(); from += 100) {
			List<String> some = ids.subList(from, Math.min(ids.size(), from + 100));
			Map<String, Map<String, JsonNode>> again = new HashMap<>();
			collect(ask(AGAIN, Map.of("ids", some)).data(), again);
			some.stream()
				.filter((id) -> again.containsKey(id) || !root.equals(SCHEMA.getMutationType()))
				.forEach((id) -> assertThat(again.get(id)).as(id).containsAllEntriesOf(found.get(id)));
		}
	}

	/** Fails if an id stands for objects that differ. */
	private static void collect(JsonNode node, Map<String, Map<String, JsonNode>> found) {
		if (node.isObject() && node.path("id").isString()) {
			Map<String, JsonNode> known = found.computeIfAbsent(node.get("id").asString(), (id) -> new TreeMap<>());
			node.properties().forEach((field) -> {
				if (isValue(field.getValue()) && !ON_ITS_WAY.contains(name(field.getKey()))) {
					JsonNode before = known.putIfAbsent(name(field.getKey()), field.getValue());
					assertThat(field.getValue()).as("%s of %s", field.getKey(), node)
						.isEqualTo((before != null) ? before : field.getValue());
				}
			});
		}
		node.forEach((inner) -> collect(inner, found));
	}

	/** Without the type that an alias begins with. */
	private static String name(String key) {
		return key.startsWith("_") ? key : key.substring(key.indexOf('_') + 1);
	}

	/** What an object has itself; null could stand for an object. */
	private static boolean isValue(JsonNode value) {
		return value.isValueNode() && !value.isNull()
				|| value.isArray() && !value.isEmpty() && value.valueStream().allMatch(JsonNode::isValueNode);
	}

	private static String values(GraphQLObjectType type) {
		return type.getFieldDefinitions()
			.stream()
			.filter((field) -> GraphQLTypeUtil.isLeaf(GraphQLTypeUtil.unwrapAll(field.getType())))
			.map((field) -> " " + type.getName() + "_" + field.getName() + ": " + field.getName())
			.collect(Collectors.joining());
	}

	/** Small pages, and ids of things that are there. */
	private String arguments(GraphQLFieldDefinition field) {
		Map<String, Object> arguments = new LinkedHashMap<>();
		if (field.getArgument("first") != null) {
			arguments.put("first", 3);
		}
		Map<String, String> names = this.resident.names();
		switch (field.getName()) {
			case "node", "whyNotified" -> arguments.put("id", newestEvent());
			case "nodes" -> arguments.put("ids", List.of(names.get("event"), names.get("job"), names.get("alert")));
			case "retryDelivery" -> arguments.put("input", Map.of("id", names.get("delivery")));
			case "removeSuppression" -> arguments.put("input", Map.of("id", names.get("suppression")));
			case "integration", "alert", "recipientList" -> arguments.put("id", names.get(field.getName()));
			default -> {
				Map<String, Object> input = this.inputs.of(field.getName());
				if (input != null) {
					arguments.put("input", input);
				}
			}
		}
		List<String> written = new ArrayList<>();
		arguments.forEach(
				(name, value) -> written.add(name + ": " + Literals.write(field.getArgument(name).getType(), value)));
		return written.isEmpty() ? "" : "(" + String.join(", ", written) + ")";
	}

	/** One that alerts were held against. */
	private String newestEvent() {
		return this.resident.owner()
			.ask("{ platformEvents(first: 1) { nodes { id } } }")
			.field("platformEvents.nodes[0].id")
			.toEntity(String.class);
	}

	private Reply ask(String document, Map<String, Object> variables) {
		return Transport.HTTP.ask(this.port, this.token, document, variables);
	}

	private static Map<String, Object> renamed() {
		return Map.of("runId", "run-renamed", "operation", "GET_ORDERS", "integration",
				Map.of("externalId", "shop-1", "name", "Renamed", "origin",
						Map.of("kind", "CHANNEL", "externalId", "channel-1", "name", "Renamed")),
				"outcome", "SUCCEEDED", "startedAt", "2026-03-02T09:00:00Z", "finishedAt", "2026-03-02T09:05:00Z");
	}

}
