package dev.belfry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import graphql.introspection.Introspection;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.idl.ScalarInfo;
import org.junit.jupiter.api.Test;

import dev.belfry.input.Refusal;
import dev.belfry.input.UserErrorCode;
import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** The schema is the documentation of the API, and says of each field who may use it. */
class SchemaTests {

	private static final Set<String> SCOPES = Set.of("notifications:read", "notifications:write", "settings:read",
			"settings:write", "alerts:read", "alerts:write", "deliveries:read", "deliveries:write", "events:write",
			"keys:write", "accounts:write");

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	@Test
	void describesEveryElementInSentences() {
		Map<String, String> descriptions = new TreeMap<>();
		SCHEMA.getAllTypesAsList()
			.stream()
			.filter(SchemaTests::isOurs)
			.forEach((type) -> collect(descriptions, "", type));
		SCHEMA.getDirectives()
			.stream()
			.filter((directive) -> directive.getDefinition() != null && !isBuiltIn(directive.getName()))
			.forEach((directive) -> collect(descriptions, "@", directive));

		assertThat(descriptions).hasSizeGreaterThan(200).allSatisfy(SchemaTests::assertSentence);
	}

	@Test
	void namesAScopeForEveryRootFieldButThoseWhoseTypesDo() {
		Map<String, String> scopes = new TreeMap<>();
		roots().forEach((type) -> type.getFieldDefinitions()
			.forEach((field) -> scopes.put(type.getName() + "." + field.getName(), scope(field))));

		for (String open : List.of("Query.viewer", "Query.node", "Query.nodes")) {
			assertThat(scopes.remove(open)).isEmpty();
		}
		assertThat(scopes).isNotEmpty().allSatisfy((field, scope) -> assertThat(scope).as(field).isIn(SCOPES));
	}

	/** A value that only Java has would be an INTERNAL_ERROR when it is shown. */
	@Test
	void hasTheValuesOfEachEnumThatJavaAnswersWith() {
		Map<String, Set<String>> inSchema = new TreeMap<>();
		SCHEMA.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLEnumType && isOurs(type))
			.forEach((type) -> inSchema.put(type.getName(), values((GraphQLEnumType) type)));
		Map<String, Set<String>> inJava = new TreeMap<>();
		new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("dev.belfry")
			.stream()
			.filter((type) -> type.isEnum() && inSchema.containsKey(type.getSimpleName()))
			.forEach((type) -> inJava.put(type.getSimpleName(), constants(type.reflect())));

		assertThat(inJava).hasSizeGreaterThan(15)
			.allSatisfy((name, values) -> assertThat(inSchema.get(name)).as(name).isEqualTo(values));
	}

	private static Set<String> values(GraphQLEnumType type) {
		return type.getValues().stream().map(GraphQLEnumValueDefinition::getName).collect(Collectors.toSet());
	}

	private static Set<String> constants(Class<?> type) {
		return Stream.of(type.getEnumConstants()).map(Object::toString).collect(Collectors.toSet());
	}

	@Test
	void keepsRootFieldsNullableSoThatOneFailureTakesNoOtherAnswerAway() {
		Stream<GraphQLFieldDefinition> fields = roots().flatMap((type) -> type.getFieldDefinitions().stream())
			.filter((field) -> !Set.of("viewer", "nodes").contains(field.getName()));

		assertThat(fields).noneMatch((field) -> graphql.schema.GraphQLTypeUtil.isNonNull(field.getType()));
	}

	@Test
	void formsMutationsAsVerbNoun() {
		assertThat(SCHEMA.getMutationType().getFieldDefinitions()).allSatisfy((field) -> {
			String name = Character.toUpperCase(field.getName().charAt(0)) + field.getName().substring(1);
			assertThat(field.getArguments()).singleElement()
				.satisfies((input) -> assertThat(input.toString()).contains(name + "Input"));
			assertThat(((GraphQLObjectType) field.getType()).getName()).isEqualTo(name + "Payload");
			assertThat(((GraphQLObjectType) field.getType()).getField("userErrors")).isNotNull();
		});
	}

	@Test
	void listsEveryErrorCodeThatJavaKnows() {
		assertThat(values("ErrorCode")).containsExactlyInAnyOrderElementsOf(names(Refusal.Code.values()));
		assertThat(values("UserErrorCode")).containsExactlyElementsOf(names(UserErrorCode.values()));
	}

	private static void collect(Map<String, String> descriptions, String prefix, GraphQLSchemaElement element) {
		String name = prefix + ((GraphQLNamedSchemaElement) element).getName();
		String description = ((GraphQLNamedSchemaElement) element).getDescription();
		descriptions.put(name, (description != null) ? description : "");
		element.getChildren()
			.stream()
			.filter((child) -> child instanceof GraphQLDirectiveContainer || prefix.startsWith("@"))
			.filter((child) -> !(child instanceof graphql.schema.GraphQLType)
					&& child instanceof GraphQLNamedSchemaElement)
			.forEach((child) -> collect(descriptions, name + ".", child));
	}

	private static void assertSentence(String element, String description) {
		assertThat(description).as(element).matches("(?s)[\\p{Lu}\\d`].*\\.");
	}

	private static boolean isOurs(GraphQLNamedSchemaElement type) {
		return !Introspection.isIntrospectionTypes(type.getName())
				&& !ScalarInfo.isGraphqlSpecifiedScalar(type.getName());
	}

	private static boolean isBuiltIn(String directive) {
		return Set
			.of("include", "skip", "deprecated", "specifiedBy", "oneOf", "defer",
					"experimental_disableErrorPropagation")
			.contains(directive);
	}

	private static Stream<GraphQLObjectType> roots() {
		return Stream.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(), SCHEMA.getSubscriptionType());
	}

	private static String scope(GraphQLFieldDefinition field) {
		return (field.getAppliedDirective("requiresScope") == null) ? ""
				: field.getAppliedDirective("requiresScope").getArgument("scope").getValue();
	}

	private static List<String> values(String type) {
		return ((GraphQLEnumType) SCHEMA.getType(type)).getValues().stream().map((value) -> value.getName()).toList();
	}

	private static List<String> names(Enum<?>[] values) {
		return Arrays.stream(values).map(Enum::name).toList();
	}

}
