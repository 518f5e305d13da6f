package dev.belfry.graphql.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.SimpleDataFetcherExceptionHandler;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read at once is what GraphQL Java answers, with all its errors. */
class PlainQueriesTests {

	private static final String SCHEMA = """
			interface Named { name: String! }
			enum Colour { RED GREEN }
			type Tag implements Named { name: String! colour: Colour weight: Int }
			type Item implements Named { name: String! tags: [Tag!]! maybe: [Tag] first: Tag words: [String!] fetched: String }
			type Query { items: [Item!]! maybe: [Item] item: Item named: [Named!] }
			""";

	private static final List<String> SELECTIONS = List.of("name", "n: name", "__typename",
			"first { name colour weight }", "tags { name weight }", "maybe { weight __typename }", "words",
			"... on Named { name }", "...tagged", "name @include(if: $yes)", "words @skip(if: $yes)", "fetched");

	private final AtomicInteger fetched = new AtomicInteger();

	private @Nullable Object data;

	private final GraphQLSchema schema = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(SCHEMA),
			RuntimeWiring.newRuntimeWiring()
				.type("Query", (type) -> type.defaultDataFetcher((environment) -> this.data))
				.type("Item", (type) -> type.dataFetcher("fetched", of((item) -> item.name() + "!")))
				.type("Named",
						(type) -> type.typeResolver((environment) -> environment.getSchema()
							.getObjectType(environment.getObject().getClass().getSimpleName())))
				.build());

	private final GraphQL plain = graphQl(new PlainQueries(new SimpleDataFetcherExceptionHandler()));

	private final GraphQL engine = graphQl(new AsyncExecutionStrategy());

	@Test
	void answersWhatTheEngineAnswersForRandomDataAndSelections() {
		Random random = new Random(11);
		for (int i = 0; i < 2_000; i++) {
			this.data = items(random);
			String document = document(random);
			Map<String, Object> variables = Map.of("yes", random.nextBoolean());
			assertThat(answer(this.plain, document, variables)).as(document + " of " + this.data)
				.isEqualTo(answer(this.engine, document, variables));
		}
	}

	@Test
	void takesNoHopForEachField() {
		this.data = List.of(new Item("a", List.of(new Tag("t", "RED", 1)), null, null, List.of("w")));

		answer(this.plain, "{ items { name words tags { name colour } } }", Map.of());

		assertThat(this.fetched).as("fields that the engine fetched").hasValue(1);
	}

	@Test
	void leavesToTheEngineWhatIsMoreThanProperties() {
		this.data = List.of(new Item("a", List.of(), null, null, null));

		assertThat(answer(this.plain, "{ items { name fetched } }", Map.of())).asString().contains("fetched=a!");

		assertThat(this.fetched).as("fields that the engine fetched").hasValue(3);
	}

	@Test
	void reportsANullThatMayNotBe() {
		this.data = List.of(new Item("a", List.of(), null, null, null), new Item(null, List.of(), null, null, null));

		assertThat(answer(this.plain, "{ maybe { name } }", Map.of()))
			.isEqualTo(answer(this.engine, "{ maybe { name } }", Map.of()))
			.extractingByKey("errors")
			.asString()
			.contains("[maybe, 1, name]");
	}

	private GraphQL graphQl(AsyncExecutionStrategy strategy) {
		return GraphQL.newGraphQL(this.schema)
			.queryExecutionStrategy(strategy)
			.instrumentation(new SimplePerformantInstrumentation() {
				@Override
				public DataFetcher<?> instrumentDataFetcher(DataFetcher<?> fetcher,
						InstrumentationFieldFetchParameters parameters, @Nullable InstrumentationState state) {
					PlainQueriesTests.this.fetched.incrementAndGet();
					return fetcher;
				}
			})
			.build();
	}

	private static Map<String, Object> answer(GraphQL graphQl, String document, Map<String, Object> variables) {
		return graphQl.execute(ExecutionInput.newExecutionInput(document).variables(variables).build())
			.toSpecification();
	}

	private static DataFetcher<?> of(Function<Item, String> property) {
		return (environment) -> CompletableFuture.completedFuture(property.apply(environment.getSource()));
	}

	private static String document(Random random) {
		String root = List.of("items", "maybe").get(random.nextInt(2));
		List<String> selected = new ArrayList<>(List.of("name"));
		for (int i = random.nextInt(6); i > 0; i--) {
			selected.add(SELECTIONS.get(random.nextInt(SELECTIONS.size())));
		}
		// Used, as validation wants it.
		selected.add("...tagged words @skip(if: $yes)");
		return "query q($yes: Boolean!) { " + root + " { " + String.join(" ", selected)
				+ " } } fragment tagged on Item { tags { colour } first { ... on Named { name } } }";
	}

	private static @Nullable List<@Nullable Item> items(Random random) {
		List<@Nullable Item> items = new ArrayList<>();
		for (int i = random.nextInt(5); i > 0; i--) {
			items.add((random.nextInt(12) == 0) ? null : new Item(rarelyNull(random, "item"), tags(random),
					tags(random), tag(random), Arrays.asList("a", rarelyNull(random, "b"))));
		}
		return items;
	}

	private static List<@Nullable Tag> tags(Random random) {
		List<@Nullable Tag> tags = new ArrayList<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			tags.add(tag(random));
		}
		return tags;
	}

	private static @Nullable Tag tag(Random random) {
		return (random.nextInt(15) == 0) ? null : new Tag(rarelyNull(random, "tag"),
				List.of("RED", "GREEN", "BLUE").get(random.nextInt(20) / 9), random.nextInt(9));
	}

	private static @Nullable String rarelyNull(Random random, String text) {
		return (random.nextInt(15) == 0) ? null : text;
	}

	record Item(@Nullable String name, List<@Nullable Tag> tags, @Nullable List<@Nullable Tag> maybe,
			@Nullable Tag first, @Nullable List<@Nullable String> words) {
	}

	record Tag(@Nullable String name, @Nullable String colour, int weight) {
	}

}
