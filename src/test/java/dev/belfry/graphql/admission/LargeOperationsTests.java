package dev.belfry.graphql.admission;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.schema.DataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.belfry.database.connections.Epoch;
import dev.belfry.graphql.execution.OperationLimits;
import dev.belfry.viewer.Viewer;
import dev.belfry.work.TenantWork;
import dev.belfry.work.TestWork;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the fields of an operation are completed. */
class LargeOperationsTests {

	private static final Viewer VIEWER = new Viewer(null, null, Set.of(), Instant.MAX, new Epoch(1));

	/** Of rows that come once the operation waits for them. */
	private final CompletableFuture<List<Integer>> rows = new CompletableFuture<>();

	private final DataFetcher<?> later = (environment) -> this.rows;

	private static final DataFetcher<?> THREAD = (environment) -> Thread.currentThread().getName();

	private final TenantWork work = TestWork.start();

	private final GraphQL graphQl = GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(
			new SchemaParser().parse("type Query { items: [Item!]! } type Item { thread: String! }"),
			RuntimeWiring.newRuntimeWiring()
				.type("Query", (type) -> type.dataFetcher("items", this.later))
				.type("Item", (type) -> type.dataFetcher("thread", THREAD))
				.build()))
		.instrumentation(new ChainedInstrumentation(new LargeOperations(this.work)))
		.build();

	@AfterEach
	void close() {
		this.work.close();
	}

	@Test
	void completesALargeOneOnAThreadForWhatAccountsChoose() {
		assertThat(thread(true)).startsWith("tenant-work-");
	}

	@Test
	void completesASmallOneWhereItsRowsCame() {
		assertThat(thread(false)).isEqualTo("brings-rows");
	}

	private String thread(boolean large) {
		CompletableFuture<ExecutionResult> answer = this.graphQl
			.executeAsync(ExecutionInput.newExecutionInput("{ items { thread } }")
				.graphQLContext(Map.of(Viewer.CONTEXT_KEY, VIEWER, OperationLimits.LARGE_OPERATION, large))
				.build());
		new Thread(() -> this.rows.complete(List.of(1)), "brings-rows").start();
		Map<String, List<Map<String, String>>> data = answer.join().getData();
		return data.get("items").get(0).get("thread");
	}

}
