package dev.belfry.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.proxy.ProxyConnectionFactory;
import io.r2dbc.proxy.core.Bindings;
import io.r2dbc.proxy.core.BoundValue;
import io.r2dbc.proxy.core.QueryInfo;
import io.r2dbc.spi.Statement;
import org.reactivestreams.Publisher;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.database.connections.DatabaseConfiguration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Notes the statements that the application sends with their values, and runs each again
 * with what it costs.
 */
public final class Statements {

	private static final JsonMapper JSON = new JsonMapper();

	private final PostgresqlConnectionFactory direct;

	private final List<Sent> sent = new ArrayList<>();

	public Statements(int port, String database) {
		this.direct = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
			.host("localhost")
			.port(port)
			.database(database)
			.username("postgres")
			.options(DatabaseConfiguration.SESSION)
			.build());
	}

	/** What the application's own classes are given. */
	public DatabaseClient client() {
		return DatabaseClient.create(ProxyConnectionFactory.builder(this.direct)
			.onBeforeQuery((execution) -> execution.getQueries().forEach(this::note))
			.build());
	}

	private void note(QueryInfo query) {
		Bindings values = query.getBindingsList().get(0);
		this.sent.add(new Sent(query.getQuery(),
				values.getIndexBindings().stream().map((binding) -> binding.getBoundValue()).toList()));
	}

	/**
	 * Asks once through the application, and then each of its statements again and again.
	 */
	public Cost costOf(Publisher<? extends List<?>> question, int runs) {
		this.sent.clear();
		int rows = Mono.from(question).block().size();
		List<Sent> statements = List.copyOf(this.sent);
		PostgresqlConnection connection = this.direct.create().block();
		List<Plan> plans = IntStream.range(0, runs).mapToObj((run) -> plan(connection, statements)).toList();
		connection.close().block();
		return new Cost(rows, statements.size(), median(plans.stream().map((plan) -> (double) plan.buffers()).toList()),
				median(plans.stream().map(Plan::milliseconds).toList()), plans.get(runs - 1).nodes());
	}

	private static Plan plan(PostgresqlConnection connection, List<Sent> statements) {
		return statements.stream().map((statement) -> statement.explain(connection)).reduce(Plan.NONE, Plan::and);
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

	/**
	 * What a question costs: its statements together, the median of some runs.
	 *
	 * @param nodes what the plans read from, for the explanations
	 */
	public record Cost(int rows, int statements, double buffers, double milliseconds, List<String> nodes) {
	}

	private record Sent(String sql, List<BoundValue> values) {

		Plan explain(PostgresqlConnection connection) {
			Statement statement = connection
				.createStatement("explain (analyze, buffers, timing off, format json) " + this.sql);
			for (int i = 0; i < this.values.size(); i++) {
				BoundValue value = this.values.get(i);
				if (value.isNull()) {
					statement.bindNull(i, value.getNullType());
				}
				else {
					statement.bind(i, value.getValue());
				}
			}
			return Flux.from(statement.execute())
				.flatMap((result) -> result.map((row) -> row.get(0, String.class)))
				.map((json) -> Plan.read(JSON.readTree(json).get(0)))
				.blockLast();
		}

	}

	private record Plan(long buffers, double milliseconds, List<String> nodes) {

		static final Plan NONE = new Plan(0, 0, List.of());

		static Plan read(JsonNode explained) {
			JsonNode top = explained.get("Plan");
			List<String> nodes = new ArrayList<>();
			collect(top, nodes);
			return new Plan(top.get("Shared Hit Blocks").asLong() + top.get("Shared Read Blocks").asLong(),
					explained.get("Planning Time").asDouble() + explained.get("Execution Time").asDouble(), nodes);
		}

		private static void collect(JsonNode node, List<String> nodes) {
			if (node.has("Index Name") && node.get("Actual Loops").asDouble() > 0) {
				nodes.add(node.get("Node Type").asString().replace(" Scan", "") + " "
						+ node.get("Index Name").asString());
			}
			if (node.has("Plans")) {
				node.get("Plans").forEach((child) -> collect(child, nodes));
			}
		}

		Plan and(Plan other) {
			List<String> all = new ArrayList<>(this.nodes);
			all.addAll(other.nodes);
			return new Plan(this.buffers + other.buffers, this.milliseconds + other.milliseconds, all);
		}

	}

}
