package dev.belfry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import org.junit.jupiter.api.Test;

import dev.belfry.graphql.schema.ScopeDirective;
import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever way the schema leads to an object, its type's scope stands on it. Written down
 * here are the ways on which another scope is enough.
 */
class ScopePathTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	/** What belongs to the object that has it, so that who may see that may see this. */
	private static final Set<String> PARTS = Set.of("NotificationSettings.globalNotifications",
			"JobNotification.integration", "Integration.origin");

	/** Everyone may see who they are. */
	private static final Set<String> SELF = Set.of("Viewer.user");

	/** What the history of an object has, which is guarded like the object. */
	private static final Map<String, String> HISTORY = Map.of("AlertVersion", "alerts:read", "AlertEvaluation",
			"alerts:read", "NotificationSettingsChange", "settings:read");

	private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("User", "alerts:read"),
			Map.entry("Alert", "alerts:read"), Map.entry("RecipientList", "alerts:read"),
			Map.entry("PlatformEvent", "alerts:read"), Map.entry("Bell", "notifications:read"),
			Map.entry("JobNotification", "notifications:read"), Map.entry("Integration", "notifications:read"),
			Map.entry("Origin", "notifications:read"), Map.entry("NotificationSettings", "settings:read"),
			Map.entry("GlobalNotification", "settings:read"), Map.entry("Delivery", "deliveries:read"),
			Map.entry("Suppression", "deliveries:read"));

	private final Set<String> seen = new HashSet<>();

	private final Set<String> unguarded = new TreeSet<>();

	@Test
	void namesTheScopeOfEveryTypeThatHasAnIdButTheAccount() {
		Map<String, String> scopes = new TreeMap<>();
		SCHEMA.getImplementations((GraphQLInterfaceType) SCHEMA.getType("Node"))
			.forEach((type) -> scopes.put(type.getName(), String.valueOf(ScopeDirective.scopeOf(type))));

		assertThat(scopes.remove("Account")).isEqualTo("null");
		assertThat(scopes).containsExactlyInAnyOrderEntriesOf(TYPES);
	}

	/** The rule that caches live by: an id names an object, and nothing else has one. */
	@Test
	void givesAnIdToObjectsThatCanBeAskedForByItAndToNothingElse() {
		Stream<GraphQLObjectType> withId = SCHEMA.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLObjectType object && object.getField("id") != null)
			.map(GraphQLObjectType.class::cast);

		assertThat(withId)
			.allSatisfy(
					(type) -> assertThat(type.getInterfaces()).as(type.getName()).extracting("name").contains("Node"))
			.hasSize(TYPES.size() + 1);
	}

	@Test
	void asksForTheTypesScopeOnEveryWayToIt() {
		for (GraphQLObjectType root : List.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(),
				SCHEMA.getSubscriptionType())) {
			boolean mutation = root.equals(SCHEMA.getMutationType());
			root.getFieldDefinitions().forEach((field) -> follow(field, root.getName(), Set.of(), mutation));
		}

		assertThat(this.unguarded).isEmpty();
		assertThat(this.seen).hasSizeGreaterThan(50);
	}

	/**
	 * Goes a field further.
	 * @param held the scopes that one has who comes here
	 * @param changed whether what comes is what a mutation has changed
	 */
	private void follow(GraphQLFieldDefinition field, String from, Set<String> held, boolean changed) {
		if (!(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType type)) {
			return;
		}
		Set<String> now = new TreeSet<>(held);
		String asked = ScopeDirective.scopeOf(field);
		if (asked != null) {
			now.add(asked);
		}
		String needed = ScopeDirective.scopeOf(type);
		needed = (needed != null) ? needed : HISTORY.get(type.getName());
		String coordinate = from + "." + field.getName();
		boolean exempt = changed || PARTS.contains(coordinate) || SELF.contains(coordinate);
		if (needed != null && !now.contains(needed) && !exempt) {
			this.unguarded.add(coordinate + " needs " + needed + " and is reached with " + now);
		}
		boolean stillChanged = changed && needed == null;
		if (this.seen.add(type.getName() + now + stillChanged)) {
			new ArrayList<>(type.getFieldDefinitions())
				.forEach((next) -> follow(next, type.getName(), now, stillChanged));
		}
	}

}
