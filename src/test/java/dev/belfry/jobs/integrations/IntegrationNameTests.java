package dev.belfry.jobs.integrations;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What integrations and origins are called: as the run that finished last called them.
 */
@BelfryTest
class IntegrationNameTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "names-" + UUID.randomUUID();

	private BelfryClient platform;

	private BelfryClient owner;

	@BeforeEach
	void connect() {
		this.accounts.create(this.account);
		this.platform = new BelfryClient(this.port, TestTokens.platform());
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.account));
	}

	@Test
	void renamesNothingByARunThatIsHandedInLate() {
		record(run("shop", "GET_ORDERS", 10, "New"));
		record(run("shop", "GET_ORDERS", 9, "Old"), run("shop", "SYNC_ORDERS", 8, "Older"));

		assertThat(names()).containsExactly("New of New");
	}

	@Test
	void keepsTheNameOfTheLastRunThoughAnotherOneBroughtIt() {
		record(run("shop", "GET_ORDERS", 10, "New"));
		record(run("shop", "SYNC_ORDERS", 12, "New"));

		record(run("shop", "GET_ORDERS", 11, "Old"));

		assertThat(names()).containsExactly("New of New");
	}

	@Test
	void namesByTheRunThatFinishedLastOfABatchInAnyOrder() {
		List<Map<String, Object>> batch = new ArrayList<>(List.of(run("shop", "GET_ORDERS", 9, "First"),
				run("shop", "SYNC_ORDERS", 10, "Second"), run("shop", "GET_ORDERS", 11, "Third")));
		for (int i = 0; i < 5; i++) {
			List<Map<String, Object>> shuffled = anew(batch, "shop-" + i);
			Collections.shuffle(shuffled, new Random(i));
			record(shuffled);
		}

		assertThat(names()).hasSize(5).containsOnly("Third of Third");
	}

	@Test
	void namesByWhatWasLoggedLastOfRunsThatFinishedTogether() {
		record(run("shop", "GET_ORDERS", 10, "First"), run("shop", "GET_ORDERS", 10, "Second"));
		assertThat(names()).containsExactly("Second of Second");

		record(run("shop", "GET_ORDERS", 10, "Third"));

		assertThat(names()).containsExactly("Third of Third");
	}

	@Test
	void namesAnOriginByTheLastRunOfAllItsIntegrations() {
		record(run("shop-1", "GET_ORDERS", 10, "New"));

		record(run("shop-2", "GET_ORDERS", 9, "Old"));

		assertThat(names()).containsExactly("New of New", "Old of New");
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private void record(Map<String, Object>... runs) {
		record(List.of(runs));
	}

	private void record(List<Map<String, Object>> runs) {
		ClientGraphQlResponse answer = this.platform.record(this.account, runs).block(BelfryClient.TIMEOUT);
		assertThat(answer.field("recordJobCompletions.results").toEntityList(Map.class))
			.extracting((result) -> result.get("status"))
			.containsOnly("RECORDED");
	}

	/**
	 * A run that finished at an hour, by which its integration and origin are called so.
	 */
	private static Map<String, Object> run(String integration, String operation, int hour, String name) {
		Map<String, Object> run = new HashMap<>(Completions.one());
		run.put("operation", operation);
		run.put("startedAt", "2026-03-01T07:00:00Z");
		run.put("finishedAt", "2026-03-01T%02d:00:00Z".formatted(hour));
		run.put("integration", Map.of("externalId", integration, "name", name, "origin",
				Map.of("kind", "CHANNEL", "externalId", "origin-of-" + integration.substring(0, 4), "name", name)));
		return run;
	}

	private static List<Map<String, Object>> anew(List<Map<String, Object>> runs, String integration) {
		List<Map<String, Object>> anew = new ArrayList<>();
		for (Map<String, Object> run : runs) {
			Map<String, Object> copy = new HashMap<>(run);
			Map<?, ?> named = (Map<?, ?>) run.get("integration");
			copy.put("runId", "run-" + UUID.randomUUID());
			copy.put("integration", Map.of("externalId", integration, "name", named.get("name"), "origin",
					Map.of("kind", "CHANNEL", "externalId", integration, "name", named.get("name"))));
			anew.add(copy);
		}
		return anew;
	}

	private List<String> names() {
		return this.owner.ask("{ integrations { nodes { name origin { name } } } }")
			.field("integrations.nodes")
			.toEntityList(Named.class)
			.stream()
			.map((named) -> named.name() + " of " + named.origin().name())
			.toList();
	}

	private record Named(String name, OriginNamed origin) {
	}

	private record OriginNamed(String name) {
	}

}
