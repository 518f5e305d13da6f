package dev.belfry.notifier.reader;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.DatabaseTime;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** The notifier while the database's clock leaps. */
class NotifierClockTests {

	private static final String ACCOUNT = "shop";

	private static final Duration WINDOW = Duration.ofSeconds(3);

	private static final Query<Long> UNEVALUATED = Query.number("""
			select p.job_end - p.job_position from notifier_progress p where p.account_id = $1""");

	private static final Query<Long> MAILS = Query.number("select count(*) from delivery where account_id = $1");

	private static final Query<Long> TOLD = Query
		.number("select coalesce(sum(entries), 0)::bigint from delivery where account_id = $1");

	private final String url = TestDatabase.createDatabase();

	private final DatabaseTime time = DatabaseTime.of(this.url);

	private final LocalNode node = LocalNode.start(this.url, "belfry.mail.threads=0",
			"belfry.notifier.window=" + WINDOW, "spring.main.sources=" + TestAccounts.class.getName());

	private AccountId account;

	@BeforeEach
	void switchOn() {
		this.account = this.node.bean(TestAccounts.class).create(ACCOUNT);
		BelfryClient owner = this.node.client(TestTokens.owner(ACCOUNT));
		owner.run("updateNotificationSettings", Map.of("input", Map.of("expectedVersion", 0, "globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "enabled", true, "overrideEmails", List.of("ann@x.example"))))));
	}

	@AfterEach
	void stop() {
		this.node.close();
		this.time.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1 })
	void evaluatesOnWhenTheClockLeaps(int hours) {
		fail();
		await().until(() -> number(MAILS) == 1);

		this.time.move(Duration.ofHours(hours));
		fail();

		await().until(() -> number(UNEVALUATED) == 0);
		await().until(() -> number(TOLD) == 2);
	}

	@Test
	void goesOnWithAnAccountThatWasSetAsideBeforeTheClockWentBack() {
		fail();
		await().until(() -> number(UNEVALUATED) == 0);
		TestDatabase.execute(this.url,
				"update notifier set tries = 1, not_before = fake.clock_timestamp() + set_aside_for(1)");

		this.time.move(Duration.ofHours(-1));
		fail();

		await().until(() -> number(UNEVALUATED) == 0);
	}

	@Test
	void foldsAsEverWhileTheLogIsAheadOfTheClock() {
		fail();
		await().until(() -> number(MAILS) == 1);

		this.time.move(Duration.ofHours(-1));
		long begun = System.nanoTime();
		int failures = 1;
		while (System.nanoTime() - begun < WINDOW.multipliedBy(3).toNanos()) {
			fail();
			failures++;
		}
		int all = failures;
		await().until(() -> number(TOLD) == all);

		long windows = 1 + Duration.ofNanos(System.nanoTime() - begun).dividedBy(WINDOW);
		assertThat(number(MAILS)).isBetween(3L, 2 + windows);
	}

	private void fail() {
		this.node.client(TestTokens.platform())
			.record(ACCOUNT, List.of(Completions.one("run-" + System.nanoTime(), "FAILED")))
			.block(BelfryClient.TIMEOUT);
	}

	private long number(Query<Long> query) {
		return this.node.bean(AccountDatabase.class).one(this.account, query).block(BelfryClient.TIMEOUT);
	}

	private static org.awaitility.core.ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

}
