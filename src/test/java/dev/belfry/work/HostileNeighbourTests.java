package dev.belfry.work;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.store.Query;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A well-behaved account beside one that uses all it may, with a seed each time another:
 * nothing is lost of either. How much the one notices is what
 * {@link HostileNeighbourBenchmark} measures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileNeighbourTests {

	private static final int ACTIONS = 40;

	private static final double SIZE = 0.1;

	private static final Query<Long> UNEVALUATED = Query.number("""
			select coalesce(sum(p.job_end + p.event_end - p.job_position - p.event_position), 0)::bigint
			from notifier_progress p""");

	private final String url = TestDatabase.createDatabase();

	private final SmallRelay relay = new SmallRelay();

	private LocalNode node;

	@BeforeAll
	void start() {
		this.node = LocalNode.start(this.url, "spring.mail.host=127.0.0.1", "spring.mail.port=" + this.relay.port(),
				"belfry.notifier.window=0s", "belfry.mail.daily-cap=500");
	}

	@AfterAll
	void stop() {
		this.node.close();
		this.relay.close();
	}

	@Test
	void losesNothingOfAnyAccount() {
		long seed = UUID.randomUUID().getLeastSignificantBits();
		HostileAccount hostile = new HostileAccount(this.node.port(), seed, SIZE);
		try (ModestAccount modest = new ModestAccount(this.node.port(), this.relay)) {
			CompletableFuture<Void> acting = hostile.actions().take(ACTIONS).then().toFuture();
			for (int i = 0; i < 5; i++) {
				modest.completionToBell();
				modest.eventToEmail();
				modest.query();
			}
			acting.orTimeout(2, TimeUnit.MINUTES).join();
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> number(UNEVALUATED) == 0);

			modest.assertNothingLost();
			assertThat(List.of(count("job_notification", hostile), count("platform_event", hostile)))
				.as("seed %d", seed)
				.containsExactly((long) hostile.recorded(), (long) hostile.published());
			assertThat(hostile.refused()).as("seed %d", seed).isLessThan(ACTIONS / 2);
		}
	}

	private long count(String log, HostileAccount account) {
		return number(Query.number("select count(*) from " + log
				+ " l join account a on a.account_id = l.account_id where a.external_id = '" + account.name() + "'"));
	}

	private long number(Query<Long> query) {
		return this.node.bean(SystemDatabase.class).one(query).block(BelfryClient.TIMEOUT);
	}

}
