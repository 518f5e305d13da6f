package dev.belfry;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import graphql.kickstart.tools.SchemaParser;
import graphql.kickstart.tools.SchemaParserOptions;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.Coercing;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.graphql.data.ArgumentValue;

import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * GraphQL Java Tools binds the Java that serves the API to the schema: the controllers'
 * methods with their arguments, and the records and enums of what they take and answer.
 * One root field after the other, because to Tools a class stands for one type only, and
 * some mutations share the class of their payload.
 */
class GraphqlToolsTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	private static final String SDL = SchemaFiles.paths()
		.stream()
		.map(SchemaFiles::read)
		.collect(Collectors.joining("\n"));

	private static final ControllerResolvers RESOLVERS = new ControllerResolvers(SCHEMA);

	/** Tools must be told of each type that an interface stands for. */
	private static final Map<String, Class<?>> NODES = SCHEMA
		.getImplementations((GraphQLInterfaceType) SCHEMA.getType("Node"))
		.stream()
		.collect(Collectors.toMap(GraphQLObjectType::getName, (type) -> RESOLVERS.source(type.getName())));

	/** Inputs without a record of their own; to Tools they are scalars. */
	private static final Set<String> READ_AS_MAPS = Set.of("ConditionInput", "PublishEventsInput",
			"RecordJobCompletionsInput", "UpsertAccountsInput", "UpsertUsersInput");

	/** It warns of each type that the one field does not lead to. */
	@BeforeAll
	static void quietTools() {
		LoggingSystem.get(GraphqlToolsTests.class.getClassLoader())
			.setLogLevel("graphql.kickstart.tools", LogLevel.ERROR);
	}

	@Test
	void bindsJavaToEveryTypeOfTheSchema() {
		Set<String> bound = new TreeSet<>();
		roots().forEach((root) -> root.getFieldDefinitions()
			.forEach((field) -> bound.addAll(bind(SDL, root.getName(), field.getName()))));

		Set<String> types = types(SCHEMA);
		types.remove("ErrorCode");
		assertThat(bound).isEqualTo(types);
	}

	@ParameterizedTest
	@CsvSource({ "type Viewer {, type Viewer { shoeSize: Int", "viewer: Viewer!, viewer(shoeSize: Int): Viewer!",
			"enum UserRole {, enum UserRole { COBBLER" })
	void findsWhatJavaDoesNotHave(String written, String drifted) {
		assertThat(SDL).contains(written);
		assertThat(bind(SDL, "Query", "viewer")).isNotEmpty();

		assertThatThrownBy(() -> bind(SDL.replace(written, drifted), "Query", "viewer"))
			.hasMessageMatching("(?s).*(shoeSize|COBBLER).*");
	}

	private static Stream<GraphQLObjectType> roots() {
		return Stream.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(), SCHEMA.getSubscriptionType());
	}

	/** Answers the types that were bound for a root field. */
	private static Set<String> bind(String sdl, String root, String field) {
		Map<String, String> kept = new HashMap<>(Map.of("Query", "viewer"));
		kept.put(root, field);
		GraphQLSchema bound = SchemaParser.newParser()
			.schemaString(withRootFields(sdl, kept))
			.resolvers(RESOLVERS.of(kept.keySet()))
			.dictionary(NODES)
			.scalars(Stream.concat(Stream.of("Cursor", "DateTime", "JSON", "Long"), READ_AS_MAPS.stream())
				.map(GraphqlToolsTests::scalar)
				.toList())
			.options(SchemaParserOptions.newOptions()
				.genericWrappers(new SchemaParserOptions.GenericWrapper(ArgumentValue.class, 0))
				.build())
			.build()
			.makeExecutableSchema();
		return types(bound);
	}

	/** The schema with one field of each of these root types, and no others. */
	private static String withRootFields(String sdl, Map<String, String> fields) {
		ParserEnvironment source = ParserEnvironment.newParserEnvironment()
			.document(sdl)
			.parserOptions(ParserOptions.getDefaultSdlParserOptions())
			.build();
		Document.Builder kept = Document.newDocument();
		READ_AS_MAPS
			.forEach((name) -> kept.definition(ScalarTypeDefinition.newScalarTypeDefinition().name(name).build()));
		for (Definition<?> definition : new Parser().parseDocument(source).getDefinitions()) {
			if (definition instanceof ObjectTypeDefinition type
					&& ControllerResolvers.ROOTS.containsKey(type.getName())) {
				type.getFieldDefinitions()
					.stream()
					.filter((field) -> field.getName().equals(fields.get(type.getName())))
					.forEach((field) -> kept.definition(ObjectTypeDefinition.newObjectTypeDefinition()
						.name(type.getName())
						.fieldDefinition(field)
						.build()));
			}
			else if (!(definition instanceof SchemaDefinition || definition instanceof InputObjectTypeDefinition input
					&& READ_AS_MAPS.contains(input.getName()))) {
				kept.definition(definition);
			}
		}
		return AstPrinter.printAst(kept.build());
	}

	private static Set<String> types(GraphQLSchema schema) {
		return schema.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLObjectType || type instanceof GraphQLEnumType)
			.map(GraphQLNamedType::getName)
			.filter((name) -> !name.startsWith("__"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static GraphQLScalarType scalar(String name) {
		return GraphQLScalarType.newScalar().name(name).coercing(new Coercing<>() {
		}).build();
	}

}
