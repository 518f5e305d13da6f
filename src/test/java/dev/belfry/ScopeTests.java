package dev.belfry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.graphql.relay.Cursors;
import dev.belfry.graphql.schema.ScopeDirective;
import dev.belfry.ids.Ids;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Literals;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.testing.Transport;
import dev.belfry.testing.Transport.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/** A token sees the types that its scopes are for, on whatever way it comes to them. */
@BelfryTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	private static final Set<String> SCOPES = new TreeSet<>(
			List.of((TestTokens.ALL_SCOPES + " " + TestTokens.PLATFORM_SCOPES).split(" ")));

	/** By the name that a resident has for such an id, the type and its scope. */
	private static final Map<String, List<String>> TYPES = types();

	@LocalServerPort
	private int port;

	private Resident ours;

	private Resident theirs;

	@BeforeAll
	void fillTwoAccounts(@Autowired TestAccounts accounts, @Autowired TestMail mail, @Autowired Ids ids,
			@Autowired Cursors cursors) {
		this.ours = new Resident("scopes-" + UUID.randomUUID(), this.port, accounts, mail, ids, cursors);
		this.theirs = new Resident("others-" + UUID.randomUUID(), this.port, accounts, mail, ids, cursors);
		this.ours.owner()
			.run("createAlert", Map.of("input", Map.of("name", "With all", "eventType", "ORDER_IMPORTED", "recipients",
					List.of(Map.of("userId", id("user")), Map.of("listId", id("recipientList"))))));
	}

	@Test
	void knowsEveryTypeThatHasAnId() {
		assertThat(TYPES.values()).extracting((type) -> type.get(0))
			.containsExactlyInAnyOrderElementsOf(
					SCHEMA.getImplementations((GraphQLInterfaceType) SCHEMA.getType("Node"))
						.stream()
						.map(GraphQLObjectType::getName)
						.toList());
	}

	@TestFactory
	Stream<DynamicTest> showsATypeByItsIdToWhoHasItsScope() {
		return TYPES.entrySet()
			.stream()
			.flatMap((type) -> Stream.concat(SCOPES.stream(), Stream.of("none"))
				.map((scope) -> DynamicTest.dynamicTest(type.getKey() + " with " + scope,
						() -> check(type.getKey(), type.getValue().get(0), type.getValue().get(1), scope))));
	}

	private void check(String kind, String type, String needed, String scope) {
		boolean shown = needed.equals(scope) || needed.isEmpty();
		String query = "query q($id: ID!) { node(id: $id) { __typename id } nodes(ids: [\"x\", $id]) { __typename id } }";

		Reply reply = other(scope, query, Map.of("id", id(kind)));

		assertThat(reply.codes()).isEqualTo(shown ? List.of() : List.of("FORBIDDEN"));
		assertThat(reply.errors()).hasSize(shown ? 0 : 2)
			.allSatisfy((error) -> assertThat(error.at("/extensions/scope").asString()).isEqualTo(needed));
		assertThat(reply.data().at("/node/__typename").asString("")).isEqualTo(shown ? type : "");
		assertThat(reply.data().at("/nodes/1/__typename").asString("")).isEqualTo(shown ? type : "");
	}

	@Test
	void answersTheOthersOfManyNodesAndSaysWhichWereNot() {
		String query = "query q($ids: [ID!]!) { nodes(ids: $ids) { __typename } }";
		List<String> ids = List.of(id("job"), id("event"), "nothing", id("integration"), id("settings"));

		Reply reply = other("notifications:read", query, Map.of("ids", ids));

		assertThat(reply.data().get("nodes").toString())
			.isEqualTo("[{\"__typename\":\"JobNotification\"},null,null,{\"__typename\":\"Integration\"},null]");
		assertThat(reply.errors()).extracting((error) -> error.get("path") + " " + error.at("/extensions/scope"))
			.containsExactlyInAnyOrder("[\"nodes\",1] \"alerts:read\"", "[\"nodes\",4] \"settings:read\"");
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void saysTheSameOnEveryTransport(Transport transport) {
		Reply reply = transport.ask(this.port, token("notifications:read"),
				"query q($id: ID!) { viewer { scopes } node(id: $id) { id } }", Map.of("id", id("event")));

		assertThat(reply.codes()).containsExactly("FORBIDDEN");
		assertThat(reply.data().get("node").isNull()).isTrue();
		assertThat(reply.data().at("/viewer/scopes/0").asString()).isEqualTo("notifications:read");
	}

	@Test
	void tellsNobodyWithoutTheScopeWhatThereIs() {
		Resident absent = this.ours.nobody();
		String query = "query q($id: ID!) { node(id: $id) { __typename } nodes(ids: [$id]) { __typename } }";
		for (String kind : List.of("user", "event", "alert", "recipientList", "delivery", "suppression", "settings",
				"job")) {
			Reply missing = other("none", query, Map.of("id", absent.names().get(kind)));
			Reply foreign = other("none", query, Map.of("id", this.theirs.names().get(kind)));
			Reply garbled = other("none", query, Map.of("id", "garbled"));

			assertThat(missing.toString()).as(kind)
				.isEqualTo(other("none", query, Map.of("id", id(kind))).toString())
				.contains("FORBIDDEN");
			assertThat(foreign).as(kind).isEqualTo(garbled);
			assertThat(foreign.errors()).as(kind).isEmpty();
			assertThat(other(TYPES.get(kind).get(1), query, Map.of("id", this.theirs.names().get(kind)))).as(kind)
				.isEqualTo(garbled)
				.isEqualTo(other(TYPES.get(kind).get(1), query, Map.of("id", absent.names().get(kind))));
		}
	}

	@Test
	void letsEveryoneAskForThemselvesAgain() {
		String query = "query q($ids: [ID!]!) { nodes(ids: $ids) { __typename } }";
		Reply reply = ask(token("none"), query, Map.of("ids", List.of(id("account"), id("user"))));

		assertThat(reply.codes()).isEmpty();
		assertThat(reply.data().get("nodes").toString()).contains("Account", "User");
	}

	@TestFactory
	Stream<DynamicTest> asksForItsScopeAloneAtEachRootField() {
		return Stream.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(), SCHEMA.getSubscriptionType())
			.flatMap((root) -> root.getFieldDefinitions()
				.stream()
				.filter((field) -> ScopeDirective.scopeOf(field) != null)
				.map((field) -> DynamicTest.dynamicTest(field.getName(), () -> checkRoot(root, field))));
	}

	private void checkRoot(GraphQLObjectType root, GraphQLFieldDefinition field) {
		String needed = ScopeDirective.scopeOf(field);
		String document = root.getName().toLowerCase(Locale.ROOT) + " { " + field.getName() + arguments(field)
				+ (GraphQLTypeUtil.isLeaf(GraphQLTypeUtil.unwrapAll(field.getType())) ? "" : " { __typename }") + " }";
		String others = SCOPES.stream().filter((scope) -> !scope.equals(needed)).collect(Collectors.joining(" "));

		Reply with = Transport.SSE.ask(this.port, token(needed), document, Map.of());
		Reply without = Transport.SSE.ask(this.port, token(others), document, Map.of());

		// An account's token may not register accounts, with the scope or not.
		assertThat(with.errors().toString().contains("\"" + needed + "\"")).isFalse();
		assertThat(without.codes()).containsExactly("FORBIDDEN");
		assertThat(without.errors().toString()).contains("\"scope\":\"" + needed + "\"");
	}

	private static String arguments(GraphQLFieldDefinition field) {
		String arguments = field.getArguments()
			.stream()
			.filter((argument) -> GraphQLTypeUtil.isNonNull(argument.getType()))
			.map((argument) -> argument.getName() + ": "
					+ Literals.write(argument.getType(), Literals.sample(argument.getType())))
			.collect(Collectors.joining(", "));
		return arguments.isEmpty() ? "" : "(" + arguments + ")";
	}

	/** By where it stands, how one comes to a field that takes another scope. */
	private Map<String, Way> ways() {
		Map<String, Object> read = Map.of("through", id("cursor"));
		String alert = "mutation m($input: SetAlertEnabledInput!) { setAlertEnabled(input: $input) { alert { id %s } } }";
		Map<String, Object> off = Map.of("id", alertWithAll(), "enabled", false);
		String settings = "mutation m($input: UpdateNotificationSettingsInput!) "
				+ "{ updateNotificationSettings(input: $input) { notificationSettings { id %s } } }";
		return Map.of("Bell.recent",
				new Way("notifications:write", "notifications:read",
						"mutation m($input: MarkBellSeenInput!) { markBellSeen(input: $input) { bell { id %s } } }",
						read, "recent { id }"),
				"Integration.recentJobNotifications",
				new Way("events:write", "notifications:read",
						"mutation m($input: RecordJobCompletionsInput!) { recordJobCompletions(input: $input) "
								+ "{ results { jobNotification { id integration { id %s } } } } }",
						Map.of("completions", List.of(Completions.one())), "recentJobNotifications { id }"),
				"NotificationSettings.changes",
				new Way("settings:write", "settings:read", settings, Map.of("expectedVersion", 0),
						"changes { nodes { version } }"),
				"NotificationSettingsChange.user",
				new Way("settings:read", "alerts:read",
						"{ notificationSettings { id changes { nodes { version %s } } } }", null, "user { id }"),
				"Alert.versions", new Way("alerts:write", "alerts:read", alert, off, "versions { nodes { version } }"),
				"Alert.evaluations",
				new Way("alerts:write", "alerts:read", alert, off, "evaluations { nodes { version } }"),
				"AlertRecipient.user",
				new Way("alerts:write", "alerts:read", alert, off, "recipients { kind user { id } }"),
				"AlertRecipient.list",
				new Way("alerts:write", "alerts:read", alert, off, "recipients { kind list { id } }"));
	}

	@Test
	void triesEveryFieldBelowTheRootThatTakesAScope() {
		Set<String> coordinates = SCHEMA.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLObjectType object && !roots().contains(object))
			.flatMap((type) -> ((GraphQLObjectType) type).getFieldDefinitions()
				.stream()
				.filter((field) -> ScopeDirective.scopeOf(field) != null)
				.map((field) -> type.getName() + "." + field.getName()))
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(ways().keySet()).containsExactlyInAnyOrderElementsOf(coordinates);
	}

	@Test
	void asksForTheOtherScopeBelowTheRoot() {
		ways().forEach((coordinate, way) -> {
			Map<String, Object> variables = (way.input() != null) ? Map.of("input", way.input()) : Map.of();
			String asked = way.document().formatted(way.selection());

			Reply without = other(way.held(), asked, variables);
			Reply with = other(way.held() + " " + way.needed(), asked, variables);
			Reply notAsked = other(way.held(), way.document().formatted(""), variables);

			assertThat(without.codes()).as(coordinate).containsExactly("FORBIDDEN");
			assertThat(without.errors().toString()).as(coordinate).contains("\"scope\":\"" + way.needed() + "\"");
			assertThat(with.codes()).as(coordinate).isEmpty();
			assertThat(notAsked.codes()).as(coordinate).isEmpty();
			assertThat(notAsked.data().findValue("id").isString()).as(coordinate).isTrue();
		});
	}

	private static List<GraphQLObjectType> roots() {
		return List.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(), SCHEMA.getSubscriptionType());
	}

	private String alertWithAll() {
		return this.ours.owner()
			.ask("{ alerts(filter: {search: \"With all\"}) { nodes { id } } }")
			.field("alerts.nodes[0].id")
			.toEntity(String.class);
	}

	private String id(String kind) {
		return this.ours.names().get(kind);
	}

	private String token(String scopes) {
		return TestTokens.user(this.ours.name(), "owner", scopes);
	}

	/** Asks as a user who is none of those that are asked for, except for their bell. */
	private Reply other(String scopes, String query, Map<String, Object> variables) {
		String user = variables.containsValue(id("bell")) ? "owner" : "other";
		return ask(TestTokens.user(this.ours.name(), user, scopes), query, variables);
	}

	private Reply ask(String token, String query, Map<String, Object> variables) {
		return Transport.HTTP.ask(this.port, token, query, variables);
	}

	private static Map<String, List<String>> types() {
		Map<String, List<String>> types = new TreeMap<>();
		types.put("account", List.of("Account", ""));
		types.put("user", List.of("User", "alerts:read"));
		types.put("bell", List.of("Bell", "notifications:read"));
		types.put("integration", List.of("Integration", "notifications:read"));
		types.put("origin", List.of("Origin", "notifications:read"));
		types.put("job", List.of("JobNotification", "notifications:read"));
		types.put("event", List.of("PlatformEvent", "alerts:read"));
		types.put("delivery", List.of("Delivery", "deliveries:read"));
		types.put("suppression", List.of("Suppression", "deliveries:read"));
		types.put("settings", List.of("NotificationSettings", "settings:read"));
		types.put("globalNotification", List.of("GlobalNotification", "settings:read"));
		types.put("alert", List.of("Alert", "alerts:read"));
		types.put("recipientList", List.of("RecipientList", "alerts:read"));
		return types;
	}

	/**
	 * How one comes to a field.
	 *
	 * @param held the scope that leads there
	 * @param needed the one that the field takes
	 * @param input of a mutation; null for a query
	 */
	private record Way(String held, String needed, String document, Map<String, Object> input, String selection) {
	}

}
