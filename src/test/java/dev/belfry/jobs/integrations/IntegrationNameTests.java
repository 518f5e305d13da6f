package dev.belfry.jobs.integrations;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.api.client.IntegrationsGraphQLQuery;
import dev.belfry.api.client.IntegrationsProjectionRoot;
import dev.belfry.api.client.RecordJobCompletionsGraphQLQuery;
import dev.belfry.api.client.RecordJobCompletionsProjectionRoot;
import dev.belfry.api.types.IntegrationConnection;
import dev.belfry.api.types.IntegrationInput;
import dev.belfry.api.types.JobCompletionInput;
import dev.belfry.api.types.JobCompletionResult;
import dev.belfry.api.types.JobOutcome;
import dev.belfry.api.types.OriginInput;
import dev.belfry.api.types.OriginKind;
import dev.belfry.api.types.RecordJobCompletionsInput;
import dev.belfry.api.types.RecordJobCompletionsPayload;
import dev.belfry.api.types.RecordStatus;
import dev.belfry.sample.TypedClient;
import dev.belfry.testing.BelfryTest;
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

	private TypedClient platform;

	private TypedClient owner;

	@BeforeEach
	void connect() {
		this.accounts.create(this.account);
		this.platform = client(TestTokens.platform());
		this.owner = client(TestTokens.owner(this.account));
	}

	@Test
	void renamesNothingByARunThatIsHandedInLate() throws Exception {
		record(run("shop", "GET_ORDERS", 10, "New"));
		record(run("shop", "GET_ORDERS", 9, "Old"), run("shop", "SYNC_ORDERS", 8, "Older"));

		assertThat(names()).containsExactly("New of New");
	}

	@Test
	void keepsTheNameOfTheLastRunThoughAnotherOneBroughtIt() throws Exception {
		record(run("shop", "GET_ORDERS", 10, "New"));
		record(run("shop", "SYNC_ORDERS", 12, "New"));

		record(run("shop", "GET_ORDERS", 11, "Old"));

		assertThat(names()).containsExactly("New of New");
	}

	@Test
	void namesByTheRunThatFinishedLastOfABatchInAnyOrder() throws Exception {
		for (int i = 0; i < 5; i++) {
			String shop = i + "-shop";
			List<JobCompletionInput> batch = new ArrayList<>(List.of(run(shop, "GET_ORDERS", 9, "First"),
					run(shop, "SYNC_ORDERS", 10, "Second"), run(shop, "GET_ORDERS", 11, "Third")));
			Collections.shuffle(batch, new Random(i));
			record(batch.toArray(JobCompletionInput[]::new));
		}

		assertThat(names()).hasSize(5).containsOnly("Third of Third");
	}

	@Test
	void namesByWhatWasLoggedLastOfRunsThatFinishedTogether() throws Exception {
		record(run("shop", "GET_ORDERS", 10, "First"), run("shop", "GET_ORDERS", 10, "Second"));
		assertThat(names()).containsExactly("Second of Second");

		record(run("shop", "GET_ORDERS", 10, "Third"));

		assertThat(names()).containsExactly("Third of Third");
	}

	@Test
	void namesAnOriginByTheLastRunOfAllItsIntegrations() throws Exception {
		record(run("shop-1", "GET_ORDERS", 10, "New"));

		record(run("shop-2", "GET_ORDERS", 9, "Old"));

		assertThat(names()).containsExactly("New of New", "Old of New");
	}

	private void record(JobCompletionInput... runs) throws IOException, InterruptedException {
		RecordJobCompletionsInput input = RecordJobCompletionsInput.newBuilder()
			.account(this.account)
			.completions(List.of(runs))
			.build();
		RecordJobCompletionsPayload payload = this.platform.ask(
				RecordJobCompletionsGraphQLQuery.newRequest().input(input).build(),
				new RecordJobCompletionsProjectionRoot<>().results().status(), RecordJobCompletionsPayload.class);
		assertThat(payload.getResults()).extracting(JobCompletionResult::getStatus).containsOnly(RecordStatus.RECORDED);
	}

	/**
	 * A run that finished at an hour, by which its integration and origin are called so.
	 */
	private static JobCompletionInput run(String integration, String operation, int hour, String name) {
		OriginInput origin = OriginInput.newBuilder()
			.kind(OriginKind.CHANNEL)
			.externalId("origin-of-" + integration.substring(0, 4))
			.name(name)
			.build();
		Instant midnight = Instant.parse("2026-03-01T00:00:00Z");
		return JobCompletionInput.newBuilder()
			.runId("run-" + UUID.randomUUID())
			.operation(operation)
			.integration(IntegrationInput.newBuilder().externalId(integration).name(name).origin(origin).build())
			.outcome(JobOutcome.SUCCEEDED)
			.startedAt(midnight.plus(Duration.ofHours(7)))
			.finishedAt(midnight.plus(Duration.ofHours(hour)))
			.build();
	}

	private List<String> names() throws IOException, InterruptedException {
		return this.owner
			.ask(IntegrationsGraphQLQuery.newRequest().build(),
					new IntegrationsProjectionRoot<>().nodes().name().origin().name(), IntegrationConnection.class)
			.getNodes()
			.stream()
			.map((integration) -> integration.getName() + " of " + integration.getOrigin().getName())
			.toList();
	}

	private TypedClient client(String token) {
		return new TypedClient("http://127.0.0.1:" + this.port, token);
	}

}
