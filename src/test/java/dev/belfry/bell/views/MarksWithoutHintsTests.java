package dev.belfry.bell.views;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.testing.Attempts;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BellBadge;
import dev.belfry.testing.Completions;
import dev.belfry.testing.DatabaseTime;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Marks of another node, by the poll alone, whatever time the database has; and what is
 * acknowledged meanwhile is logged once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarksWithoutHintsTests {

	private static final String ACCOUNT = "shop";

	private static final String LEDGER = "ledger";

	private final List<String> acknowledged = new ArrayList<>();

	private final String url = TestDatabase.createDatabase();

	private final DatabaseTime time = DatabaseTime.of(this.url);

	private LocalNode one;

	private LocalNode two;

	@BeforeAll
	void start() {
		String[] settings = { "belfry.live.hints=false", "belfry.live.poll-interval=200ms",
				"spring.main.sources=" + TestAccounts.class.getName() };
		this.one = LocalNode.start(this.url, settings);
		this.two = LocalNode.start(this.url, settings);
		this.one.bean(TestAccounts.class).create(ACCOUNT);
		this.one.bean(TestAccounts.class).create(LEDGER);
	}

	@AfterAll
	void stop() {
		this.two.close();
		this.one.close();
		this.time.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -30, 30, -3_600, 3_600 })
	void reachAnOpenBellWhateverTimeTheDatabaseHas(int seconds) {
		BelfryClient owner = this.one.client(TestTokens.owner(ACCOUNT));
		this.time.move(Duration.ofSeconds(seconds));
		owner.bell();
		record();
		List<BellBadge> states = Collections.synchronizedList(new ArrayList<>());
		Attempts attempts = Attempts.toRecord(LEDGER, 1, this.one.port(), this.two.port());
		Disposable there = this.two.client(TestTokens.owner(ACCOUNT)).bellChanges().subscribe(states::add);
		await(states, 1);

		seen(owner);
		await(states, 0);
		record();
		await(states, 1);
		this.time.move(Duration.ofSeconds(-seconds));
		seen(owner);

		await(states, 0);
		there.dispose();
		this.acknowledged.addAll(attempts.finish());
		assertThat(TestDatabase.list(this.url, Attempts.recordedFor(LEDGER)))
			.containsExactlyInAnyOrderElementsOf(this.acknowledged);
		assertThat(attempts.slowest()).isLessThan(Attempts.LONGEST_ANSWER);
		attempts.close();
	}

	private void record() {
		this.one.client(TestTokens.platform()).record(ACCOUNT, Completions.of(1)).block(BelfryClient.TIMEOUT);
	}

	private static void seen(BelfryClient owner) {
		owner.run("markBellSeen", Map.of("input", Map.of("through", owner.bell().cursor())));
	}

	private static void await(List<BellBadge> states, int unseen) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> !states.isEmpty() && states.get(states.size() - 1).unseenCount() == unseen);
	}

}
