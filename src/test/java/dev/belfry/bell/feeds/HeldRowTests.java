package dev.belfry.bell.feeds;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody holds the row of an account (promise 8). */
@BelfryTest
class HeldRowTests {

	@LocalServerPort
	private int port;

	@Test
	void failsTheAccountsCallersRetryablyAndKeepsNobodyElseWaiting() throws SQLException {
		holdFor(Duration.ZERO);
	}

	@Tag("long")
	@Test
	void keepsNobodyElseWaitingForThirtySeconds() throws SQLException {
		holdFor(Duration.ofSeconds(30));
	}

	/** At least until the account's callers have been refused once. */
	private void holdFor(Duration time) throws SQLException {
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		String held = register(platform);
		String free = register(platform);
		List<Map<String, Object>> mine = Completions.of(30);

		try (Connection holder = TestDatabase.connect(TestDatabase.url());
				Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("select * from account_log l join account a using (account_id) where a.external_id = '"
					+ held + "' for update of l");
			Instant end = Instant.now().plus(time);
			do {
				refuse(platform, held, mine, free);
			}
			while (Instant.now().isBefore(end));
		}

		for (int i = 0; i < mine.size(); i++) {
			assertThat(platform.record(held, List.of(mine.get(i))).block(BelfryClient.TIMEOUT).getErrors()).isEmpty();
		}
		BelfryClient owner = new BelfryClient(this.port, TestTokens.owner(held));
		assertThat(owner.run("jobNotifications", Map.of()).field("jobNotifications.totalCount").toEntity(Long.class))
			.isEqualTo(30);
	}

	private static void refuse(BelfryClient platform, String held, List<Map<String, Object>> mine, String free) {
		Mono<List<ClientGraphQlResponse>> waiting = Flux.fromIterable(mine)
			.flatMap((completion) -> platform.record(held, List.of(completion)), mine.size())
			.collectList()
			.cache();
		waiting.subscribe();
		for (int i = 0; i < 40; i++) {
			assertThat(platform.record(free, Completions.of(1)).block(BelfryClient.TIMEOUT).getErrors()).isEmpty();
		}
		List<ClientGraphQlResponse> refused = waiting.block(Duration.ofSeconds(5));
		assertThat(refused).hasSize(mine.size()).allSatisfy(HeldRowTests::isRetryable);
	}

	private static String register(BelfryClient platform) {
		String account = "account-" + UUID.randomUUID();
		platform.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", account, "name", "Shop")))));
		return account;
	}

	/** Some have waited for the row, others for their turn to. */
	private static void isRetryable(ClientGraphQlResponse response) {
		assertThat(response.getErrors()).singleElement()
			.satisfies((error) -> assertThat(error.getExtensions()).containsEntry("retryable", true)
				.extractingByKey("code")
				.isIn("UNAVAILABLE", "OVERLOADED"));
	}

}
