package dev.belfry.jobs;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.IntakeClient;
import dev.belfry.benchmark.Session;
import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Programs;

/**
 * The completions of the client samples, in batches of new runs: as bodies for
 * {@code /graphql} and as JSON for the database function.
 */
final class IntakeBatches {

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {
	};

	private final List<Map<String, Object>> samples;

	private final String document;

	private final Random random = new Random(5);

	IntakeBatches() throws IOException {
		this.samples = Completions.samplesOfNobody();
		this.document = ClientSamples.document("recordJobCompletions");
	}

	/**
	 * How many batches of how many completions, over how many accounts, by how many
	 * clients.
	 */
	record Load(int batches, int size, int accounts, int clients) {

		int completions() {
			return this.batches * this.size;
		}

	}

	/** The accounts that a load draws from. */
	static void createAccounts(Session session, int number) {
		session
			.run("""
					with fresh as (
					  insert into account (external_id, name) select 'bench-' || n, 'Account ' || n from generate_series(1, %d) n
					  returning account_id)
					insert into account_log (account_id) select account_id from fresh"""
				.formatted(number));
	}

	/** Completions a second through GraphQL, by a process of its own. */
	double send(BelfryJar belfry, Load load) throws IOException, InterruptedException {
		Path bodies = Files.createTempFile("belfry-bodies", ".bin");
		try {
			writeBodies(load, bodies);
			String[] answer = Programs.run(Programs.java(List.of("-Xmx1g", "-XX:+UseSerialGC"),
					IntakeClient.class.getName(), List.of(Integer.toString(belfry.port()),
							Integer.toString(load.clients()), belfry.token(), bodies.toString())))
				.trim()
				.split(" ");
			if (Long.parseLong(answer[1]) != load.completions()) {
				throw new IllegalStateException(answer[1] + " of " + load.completions() + " were recorded.");
			}
			return load.completions() * 1e9 / Long.parseLong(answer[0]);
		}
		finally {
			Files.delete(bodies);
		}
	}

	/** As {@link IntakeClient} reads them. */
	private void writeBodies(Load load, Path file) throws IOException {
		try (DataOutputStream output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
			output.writeInt(load.batches());
			for (int i = 0; i < load.batches(); i++) {
				Map<String, Object> input = Map.of("account", "bench-" + account(load), "completions", next(load));
				byte[] body = JSON
					.writeValueAsBytes(Map.of("query", this.document, "variables", Map.of("input", input)));
				output.writeInt(body.length);
				output.write(body);
			}
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
				statement.setString(2, CompletionJson.batch(batch).toString());
				statement.setString(3, "bench-" + account(load));
				statement.execute();
			}
		}
		session.run("commit", "vacuum analyze benchmark_batch", "checkpoint");
	}

	private int account(Load load) {
		return 1 + this.random.nextInt(load.accounts());
	}

	private List<Map<String, Object>> next(Load load) {
		List<Map<String, Object>> batch = new ArrayList<>(load.size());
		for (int i = 0; i < load.size(); i++) {
			Map<String, Object> completion = new LinkedHashMap<>(
					this.samples.get(this.random.nextInt(this.samples.size())));
			completion.put("runId", UUID.randomUUID().toString());
			batch.add(completion);
		}
		return batch;
	}

	private static JobCompletion completion(Map<String, Object> sample) {
		Map<String, Object> integration = object(sample, "integration");
		Map<String, Object> origin = object(integration, "origin");
		Map<String, Long> counts = new LinkedHashMap<>();
		objects(sample, "counts")
			.forEach((count) -> counts.put(text(count, "name"), ((Number) count.get("value")).longValue()));
		return new JobCompletion(text(sample, "runId"), text(sample, "operation"),
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
