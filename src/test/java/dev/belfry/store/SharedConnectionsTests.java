package dev.belfry.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import dev.belfry.store.SharedConnections.Asker;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/** A pool of four, of which requests have three and one account two. */
class SharedConnectionsTests {

	private static final AccountId ACCOUNT = new AccountId(1);

	private static final Query<Long> ONE = Query.number("select $1::bigint");

	/** Waits for whoever holds the key, and then for nobody. */
	private static final Query<Long> COSTLY = Query
		.number("select $1::bigint from (select pg_advisory_xact_lock_shared(7)) waited");

	private static final String URL = TestDatabase.createDatabase();

	private static final LocalNode NODE = LocalNode.start(URL, "spring.r2dbc.pool.max-size=4",
			"belfry.database.account-connections=2", "belfry.database.account-waiting=10",
			"belfry.notifier.enabled=false");

	private final AccountDatabase database = NODE.bean(AccountDatabase.class);

	private final Transactions transactions = NODE.bean(Transactions.class);

	@AfterAll
	static void stop() {
		NODE.close();
	}

	@Test
	void answersOthersWhileAnAccountHasAllThatItMayHave() throws SQLException {
		List<CompletableFuture<Long>> costly;
		try (Connection holder = TestDatabase.connect(URL); Statement statement = holder.createStatement()) {
			statement.execute("select pg_advisory_lock(7)");
			costly = IntStream.range(0, 8).mapToObj((i) -> of("greedy", COSTLY).toFuture()).toList();
			Awaitility.await().until(() -> running() == 2 && waiting() == 6);

			for (int i = 0; i < 20; i++) {
				assertThat(of("modest", ONE).block(BelfryClient.TIMEOUT)).isEqualTo(1);
				assertThat(this.database.one(ACCOUNT, ONE).block(BelfryClient.TIMEOUT)).isEqualTo(1);
			}
			assertThat(costly).noneMatch(CompletableFuture::isDone);
			statement.execute("select pg_advisory_unlock(7)");
		}

		assertThat(costly).allSatisfy((answer) -> assertThat(answer).succeedsWithin(BelfryClient.TIMEOUT));
		Awaitility.await().until(() -> running() == 0);
	}

	/** What is above has not been sent to the database at all. */
	@Test
	void refusesWhatIsMoreThanMayWait() throws SQLException {
		List<CompletableFuture<Long>> costly;
		try (Connection holder = TestDatabase.connect(URL); Statement statement = holder.createStatement()) {
			statement.execute("select pg_advisory_lock(7)");
			costly = IntStream.range(0, 15)
				.mapToObj((i) -> of("another", COSTLY)
					.onErrorResume((failure) -> Mono.fromSupplier(() -> code(Failures.refusal(failure, null))))
					.toFuture())
				.toList();
			Awaitility.await().until(() -> costly(costly) == 3);
			statement.execute("select pg_advisory_unlock(7)");
		}

		assertThat(costly.stream().map(CompletableFuture::join)).hasSize(15)
			.filteredOn((answer) -> answer == 1)
			.hasSize(12);
	}

	/** It would wait for itself if each of its statements were another one. */
	@Test
	void countsATransactionOnce() {
		Mono<Long> nested = this.database.one(ACCOUNT, ONE)
			.then(this.transactions.run(this.database.one(ACCOUNT, ONE).then(this.database.one(ACCOUNT, ONE))));
		List<CompletableFuture<Long>> all = IntStream.range(0, 10)
			.mapToObj((i) -> as("greedy", this.transactions.run(nested)).toFuture())
			.toList();

		assertThat(all).allSatisfy((answer) -> assertThat(answer).succeedsWithin(BelfryClient.TIMEOUT));
		Awaitility.await().until(() -> running() == 0);
	}

	/** A reader that is ended while its next statement begins (promise 12). */
	@Test
	void hasEveryConnectionAgainWhenWorkIsEndedAtAnyMoment() throws Exception {
		ExecutorService other = Executors.newSingleThreadExecutor();
		SplittableRandom random = new SplittableRandom(7);
		try {
			for (int i = 0; i < 500; i++) {
				CountDownLatch begun = new CountDownLatch(1 + random.nextInt(4));
				Disposable reading = as("reader",
						this.database.one(ACCOUNT, ONE).doOnSubscribe((step) -> begun.countDown()).repeat().then())
					.subscribe();
				long nanos = random.nextLong(1_000_000);
				other.submit(() -> {
					begun.await();
					LockSupport.parkNanos(nanos);
					reading.dispose();
					return null;
				}).get(BelfryClient.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			}
		}
		finally {
			other.shutdownNow();
		}

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(List.of(running(), waiting(), gauge("r2dbc.pool.acquired"))).containsOnly(0.0));
	}

	private Mono<Long> of(String who, Query<Long> query) {
		return as(who, this.database.one(ACCOUNT, query));
	}

	private static <T> Mono<T> as(String who, Mono<T> work) {
		return work.contextWrite(Context.of(Asker.class, new Asker(who, false)));
	}

	private static long code(Refusal refusal) {
		assertThat(refusal.code()).isEqualTo(Refusal.Code.OVERLOADED);
		assertThat(refusal.getMessage()).contains("belfry.database.account-connections");
		return -1;
	}

	private static long costly(List<CompletableFuture<Long>> answers) {
		return answers.stream().filter(CompletableFuture::isDone).count();
	}

	private static double running() {
		return gauge("belfry.database.requests.running");
	}

	private static double waiting() {
		return gauge("belfry.database.requests.waiting");
	}

	private static double gauge(String name) {
		return NODE.bean(MeterRegistry.class).get(name).gauge().value();
	}

}
