package dev.belfry.halts;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs of an account, each with an alert that watches it, which have all been silent for
 * longer than that allows.
 */
final class SilentJobs {

	private static final List<String> OPERATIONS = List.of("GET_ORDERS", "LINK_LISTINGS", "SYNC_ORDERS");

	private final String name = "silent-" + UUID.randomUUID();

	private final RandomGenerator random;

	private final BelfryClient platform;

	private final BelfryClient owner;

	private final Map<String, Integer> silences = new TreeMap<>();

	private final Map<String, Integer> told = new TreeMap<>();

	/** When the last of them completed: each time a minute later than the time before. */
	private Instant last = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));

	SilentJobs(LocalNode node, RandomGenerator random) {
		this.random = random;
		node.bean(TestAccounts.class).create(this.name);
		this.platform = node.client(TestTokens.platform());
		this.owner = node.client(TestTokens.owner(this.name));
		fallSilentAgain();
		OPERATIONS.forEach(this::watch);
	}

	/** Some of them complete, long ago, so one silence ends and the next has begun. */
	void fallSilentAgain() {
		List<String> operations = this.silences.isEmpty() ? OPERATIONS
				: OPERATIONS.stream().filter((operation) -> this.random.nextBoolean()).toList();
		this.last = this.last.plus(Duration.ofMinutes(1));
		complete(operations, this.last);
		operations.forEach((operation) -> {
			this.silences.put(this.name + " " + operation + " " + this.last, 1);
			this.told.merge(recipient(operation), 1, Integer::sum);
		});
	}

	/** All of them complete now, and are silent no more. */
	void complete() {
		complete(OPERATIONS, Instant.now());
	}

	/** One event for each silence that is over or goes on. */
	Map<String, Integer> silences() {
		return this.silences;
	}

	/** Of how many silences each alert is to tell its recipient. */
	Map<String, Integer> told() {
		return this.told;
	}

	private void complete(List<String> operations, Instant at) {
		List<Map<String, Object>> completions = new ArrayList<>();
		for (String operation : operations) {
			Map<String, Object> completion = new HashMap<>(Completions.one());
			completion.putAll(Map.of("operation", operation, "startedAt", at.toString(), "finishedAt", at.toString()));
			completions.add(completion);
		}
		if (!completions.isEmpty()) {
			assertThat(this.platform.record(this.name, completions).block(BelfryClient.TIMEOUT).getErrors()).isEmpty();
		}
	}

	private void watch(String operation) {
		String integration = this.owner.run("integrations", Map.of())
			.field("integrations.edges[0].node.id")
			.toEntity(String.class);
		ClientGraphQlResponse answer = this.owner.run("createAlert",
				Map.of("input",
						Map.of("name", operation, "eventType", "JOB_OVERDUE", "enabled", true, "watch",
								Map.of("operation", operation, "integrationId", integration, "afterMinutes", 5),
								"recipients", List.of(Map.of("email", address(operation))))));
		assertThat(answer.field("createAlert.userErrors").toEntityList(Map.class)).isEmpty();
	}

	private String recipient(String operation) {
		return operation + " " + address(operation);
	}

	private String address(String operation) {
		return operation + "@" + this.name + ".example";
	}

}
