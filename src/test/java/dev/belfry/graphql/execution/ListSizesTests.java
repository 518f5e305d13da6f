package dev.belfry.graphql.execution;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.belfry.start.StartRefused;
import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Every list of the schema says how many items it counts as. */
class ListSizesTests {

	private static final String DIRECTIVE = """
			directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
			""";

	@Test
	void knowsEveryListOfTheSchema() {
		assertThat(ListSizes.of(SchemaFiles.schema())).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					type Query { names: [String!]! }                                                       | [Query.names]
					type Query { a: A } type A { deep: [[A]] }                                             | [A.deep]
					type Query { page: Page } type Page { nodes: [Query!]! }                               | [Page.nodes]
					type Query { page: Page @listSize(assumedSize: 5, sizedFields: ["nodes"]) other: Page } type Page { nodes: [Query!]! } | [Page.nodes]
					""")
	void startsWithNoListThatDoesNotSayIt(String schema, String named) {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> ListSizes.of(parse(schema)))
			.withMessage("Lists of the schema do not say how long they are: " + named + ".");
	}

	@Test
	void takesAListThatIsSizedWhereverItIsReached() {
		ListSizes sizes = ListSizes.of(parse("""
				type Query { page(first: Int): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
				type Page { nodes: [Query!]! }"""));

		assertThat(sizes).isNotNull();
	}

	private static GraphQLSchema parse(String schema) {
		return UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(DIRECTIVE + schema));
	}

}
