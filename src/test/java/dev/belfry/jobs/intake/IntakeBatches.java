package dev.belfry.jobs.intake;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.Bodies;
import dev.belfry.benchmark.Session;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.log.intake.IntakeStatement;
import dev.belfry.testing.Completions;

/**
 * The completions of the client samples, in batches of new runs: as bodies for
 * {@code /graphql} and as JSON for the database function.
 */
final class IntakeBatches {

	private final Random random = new Random(5);

	/**
	 * How many batches of how many completions, over how many accounts, by how many
	 * clients.
	 */
	record Load(int batches, int size, int accounts, int clients) {

		int completions() {
			return this.batches * this.size;
		}

	}

	/** Completions a second through GraphQL, by a process of its own. */
	double send(BelfryJar belfry, Load load) throws IOException, InterruptedException {
		try (Bodies bodies = Bodies.of("recordJobCompletions", load.batches())) {
			for (int i = 0; i < load.batches(); i++) {
				bodies.add(account(load), "completions", next(load));
			}
			return bodies.send(belfry, load.clients()).rate();
		}
	}

	/** Into a table, from which each is taken once. */
	void writeTable(Load load, Session session) throws SQLException {
		session.run("truncate benchmark_batch", "alter sequence benchmark_next restart", "begin");
		String insert = "insert into benchmark_batch select ?, account_id, ?::json from account where external_id = ?";
		try (PreparedStatement statement = session.connection().prepareStatement(insert)) {
			for (int i = 1; i <= load.batches(); i++) {
				List<PreparedCompletion> batch = next(load).stream()
					.map(IntakeBatches::completion)
					.map(PreparedCompletion::of)
					.toList();
				statement.setInt(1, i);
				statement.setString(2, IntakeStatement.json(batch, PreparedCompletion::json).toString());
				statement.setString(3, account(load));
				statement.execute();
			}
		}
		session.run("commit", "vacuum analyze benchmark_batch", "checkpoint");
	}

	private String account(Load load) {
		return BenchmarkAccounts.name(1 + this.random.nextInt(load.accounts()));
	}

	private List<Map<String, Object>> next(Load load) {
		return Completions.likeTheSamples(load.size(), this.random);
	}

	static JobCompletion completion(Map<String, Object> sample) {
		Map<String, Object> integration = object(sample, "integration");
		Map<String, Object> origin = object(integration, "origin");
		Map<String, Long> counts = new LinkedHashMap<>();
		objects(sample, "counts")
			.forEach((count) -> counts.put(text(count, "name"), ((Number) count.get("value")).longValue()));
		return JobCompletion.of(text(sample, "runId"), text(sample, "operation"),
				new JobCompletion.IntegrationRef(text(integration, "externalId"), text(integration, "name"),
						new JobCompletion.OriginRef(OriginKind.valueOf(text(origin, "kind")),
								text(origin, "externalId"), text(origin, "name"))),
				JobOutcome.valueOf(text(sample, "outcome")), Instant.parse(text(sample, "startedAt")),
				Instant.parse(text(sample, "finishedAt")), counts,
				objects(sample, "messages").stream().map(IntakeBatches::message).toList());
	}

	private static JobMessage message(Map<String, Object> message) {
		return new JobMessage(MessageSeverity.valueOf(text(message, "severity")), text(message, "text"),
				(String) message.get("reference"));
	}

	private static String text(Map<String, Object> object, String name) {
		return (String) object.get(name);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(Map<String, Object> object, String name) {
		return (Map<String, Object>) object.get(name);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
		return (List<Map<String, Object>>) object.getOrDefault(name, List.of());
	}

}
