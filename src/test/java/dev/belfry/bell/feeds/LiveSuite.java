package dev.belfry.bell.feeds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.log.retention.Retention;
import dev.belfry.testing.Batch;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BellBadge;
import dev.belfry.testing.Completions;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What open bells are promised, on two nodes of one database. Runs with hints between the
 * nodes and without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveSuite {

	static final Duration TIMEOUT = BelfryClient.TIMEOUT;

	private final boolean hints;

	private String database;

	private LocalNode one;

	private LocalNode two;

	private String account;

	private BelfryClient platform;

	private BelfryClient owner;

	private BelfryClient ownerOnTwo;

	LiveSuite(boolean hints) {
		this.hints = hints;
	}

	@BeforeAll
	void startNodes() {
		this.database = TestDatabase.createDatabase();
		this.one = LocalNode.start(this.database, "belfry.live.hints=" + this.hints, "belfry.live.poll-interval=300ms");
		this.two = LocalNode.start(this.database, "belfry.live.hints=" + this.hints, "belfry.live.poll-interval=300ms");
	}

	@AfterAll
	void stopNodes() {
		this.two.close();
		this.one.close();
	}

	@BeforeEach
	void createAccount() {
		this.account = "account-" + UUID.randomUUID();
		this.platform = this.one.client(TestTokens.platform());
		this.platform.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.account, "name", "Shop")))));
		this.owner = this.one.client(TestTokens.owner(this.account));
		this.ownerOnTwo = this.two.client(TestTokens.owner(this.account));
		this.owner.bell();
	}

	String database() {
		return this.database;
	}

	@Test
	void showsTheStateOfTheBellAtOnceAndThenEachChangeOnBothNodes() {
		try (Listening<BellBadge> here = listen(this.owner.bellChanges());
				Listening<BellBadge> there = listen(this.ownerOnTwo.bellChanges())) {
			here.await((states) -> states.size() == 1);
			there.await((states) -> states.size() == 1);

			record(List.of(Completions.one("run-1", "FAILED"), Completions.one("run-2", "SUCCEEDED")));

			here.await((states) -> isBadge(last(states), 2, 1, 2));
			there.await((states) -> isBadge(last(states), 2, 1, 2));
		}
	}

	@Test
	void movesTheBadgeOnTheOtherDeviceWhenOneMarksSeenOrRead() {
		record(List.of(Completions.one("run-1", "FAILED"), Completions.one("run-2", "SUCCEEDED")));
		try (Listening<BellBadge> there = listen(this.ownerOnTwo.bellChanges())) {
			there.await((states) -> isBadge(last(states), 2, 1, 2));

			mark("markBellSeen");
			there.await((states) -> isBadge(last(states), 0, 0, 2));

			mark("markAllJobNotificationsRead");
			there.await((states) -> isBadge(last(states), 0, 0, 0));
		}
	}

	@Test
	void sendsTheFirstBatchAtOnceThoughNothingMatches() {
		Batch first = this.owner.feed(Map.of()).blockFirst(TIMEOUT);

		assertThat(first.nodes()).isEmpty();
		assertThat(first.startCursor()).isEqualTo(first.endCursor()).isEqualTo(this.owner.bell().cursor());
	}

	@Test
	void replaysFromACursorAndGoesOnLiveWithNeitherGapNorDouble() {
		String start = this.owner.bell().cursor();
		recordMany(0, 450);
		try (Listening<Batch> there = listen(this.ownerOnTwo.feed(Map.of("since", start)))) {
			recordMany(450, 300);

			there.await((batches) -> runs(batches).size() >= 750);

			assertThat(runs(there.received)).isEqualTo(runNames(0, 750));
			assertChained(start, there.received);
		}
	}

	@Test
	void sendsASubscriberWhatTheQueryWouldAdd() {
		String start = this.owner.bell().cursor();
		Map<String, Object> filter = Map.of("outcomes", List.of("FAILED"), "search", "failed main");
		try (Listening<Batch> live = listen(this.ownerOnTwo.feed(Map.of("filter", filter, "since", start)))) {
			live.await((batches) -> batches.size() == 1);
			for (int i = 0; i < 20; i++) {
				record(List.of(Completions.one("run-" + i, (i % 5 == 0) ? "FAILED" : "SUCCEEDED")));
			}
			live.await((batches) -> runs(batches).size() == 4);

			List<String> history = this.owner.run("jobNotifications", Map.of("filter", filter))
				.field("jobNotifications.edges")
				.toEntityList(Edge.class)
				.stream()
				.map((edge) -> edge.node().runId())
				.toList();
			assertThat(runs(live.received).stream().sorted(java.util.Comparator.reverseOrder()))
				.containsExactlyElementsOf(history.stream().sorted(java.util.Comparator.reverseOrder()).toList());
		}
	}

	@Test
	void refusesACursorFromBeyondTheEndAndOneOfAnotherAccount() {
		String other = "account-" + UUID.randomUUID();
		this.platform.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", other, "name", "Other")))));
		String foreign = this.one.client(TestTokens.owner(other)).bell().cursor();

		for (String cursor : List.of(foreign, "", "garbled", this.owner.bell().id())) {
			Flux<Batch> feed = this.owner.feed(Map.of("since", cursor));

			assertThat(problemOf(feed)).contains("CURSOR_INVALID");
		}
	}

	@Test
	void startsWithAGapWhenRetentionHasRemovedWhatCameNext() {
		String start = this.owner.bell().cursor();
		recordMany(0, 30);
		expire(20);

		Batch first = this.ownerOnTwo.feed(Map.of("since", start)).blockFirst(TIMEOUT);

		assertThat(first.gap().from()).isEqualTo(start);
		assertThat(first.gap().missed()).isEqualTo(20);
		assertThat(first.gap().to()).isEqualTo(first.startCursor());
		assertThat(runs(List.of(first))).isEqualTo(runNames(20, 30));
	}

	@Test
	void servesNothingFromMemoryThatRetentionHasRemoved() {
		String start = this.owner.bell().cursor();
		try (Listening<Batch> here = listen(this.owner.feed(Map.of("since", start)));
				Listening<Batch> there = listen(this.ownerOnTwo.feed(Map.of("since", start)))) {
			recordMany(0, 30);
			here.await((batches) -> runs(batches).size() == 30);
			there.await((batches) -> runs(batches).size() == 30);

			expire(20);

			for (BelfryClient node : List.of(this.owner, this.ownerOnTwo)) {
				Batch first = Mono.defer(() -> node.feed(Map.of("since", start)).next())
					.repeat()
					.takeUntil((batch) -> batch.gap() != null)
					.blockLast(TIMEOUT);
				assertThat(first.gap().missed()).isEqualTo(20);
				assertThat(runs(List.of(first))).isEqualTo(runNames(20, 30));
			}
		}
	}

	@Test
	void keepsBadgeAndCountsRightWhenRetentionRemoves() {
		recordMany(0, 30);
		try (Listening<BellBadge> there = listen(this.ownerOnTwo.bellChanges())) {
			there.await((states) -> isBadge(last(states), 30, 0, 30));

			expire(20);

			there.await((states) -> isBadge(last(states), 10, 0, 10));
			assertThat(this.owner.run("jobNotifications", Map.of())
				.field("jobNotifications.totalCount")
				.toEntity(Long.class)).isEqualTo(10);
		}
	}

	@Test
	void letsAReaderThatStopsAskingCatchUpFromTheTable() {
		String start = this.owner.bell().cursor();
		recordMany(0, 200);
		SlowReader reader = new SlowReader();
		this.ownerOnTwo.feed(Map.of("since", start)).subscribe(reader);
		reader.awaitBatches(1);

		recordMany(200, 2_000);
		reader.request(Long.MAX_VALUE);

		Awaitility.await().atMost(TIMEOUT).until(() -> runs(reader.batches).size() >= 2_200);
		assertThat(runs(reader.batches)).isEqualTo(runNames(0, 2_200));
		assertChained(start, reader.batches);
		reader.dispose();
	}

	@Test
	void forgetsAnAccountWhenNobodyListensToItAnyMore() {
		Map<?, ?> feeds = (Map<?, ?>) org.springframework.test.util.ReflectionTestUtils
			.getField(this.two.bean(AccountFeeds.class), "feeds");
		try (Listening<BellBadge> bell = listen(this.ownerOnTwo.bellChanges());
				Listening<Batch> feed = listen(this.ownerOnTwo.feed(Map.of()))) {
			bell.await((states) -> !states.isEmpty());
			feed.await((batches) -> !batches.isEmpty());
		}

		Awaitility.await().atMost(TIMEOUT).until(feeds::isEmpty);
	}

	private void expire(int entries) {
		TestDatabase.execute(this.database,
				"update job_notification n set recorded_at = recorded_at - interval '500 days'"
						+ " from account a where a.external_id = '" + this.account
						+ "' and n.account_id = a.account_id and n.position <= " + entries);
		TestDatabase.execute(this.database,
				"update job_tally t set day = (now() at time zone 'UTC')::date - 500 from account a where a.external_id = '"
						+ this.account + "' and t.account_id = a.account_id and t.day > '2000-01-01'");
		this.one.bean(Retention.class).remove().then(this.two.bean(Retention.class).remove()).block(TIMEOUT);
	}

	private void record(List<Map<String, Object>> completions) {
		this.platform.record(this.account, completions).block(TIMEOUT);
	}

	/** In batches, on both nodes by turns. */
	private void recordMany(int from, int number) {
		BelfryClient other = this.two.client(TestTokens.platform());
		for (int i = from; i < from + number; i += 50) {
			List<Map<String, Object>> batch = new ArrayList<>();
			for (int run = i; run < Math.min(i + 50, from + number); run++) {
				batch.add(Completions.one("run-" + run, "SUCCEEDED"));
			}
			((i % 100 == 0) ? this.platform : other).record(this.account, batch).block(TIMEOUT);
		}
	}

	private void mark(String mutation) {
		ClientGraphQlResponse response = this.owner.run(mutation,
				Map.of("input", Map.of("through", this.owner.bell().cursor())));
		assertThat(response.getErrors()).isEmpty();
	}

	private static boolean isBadge(BellBadge badge, int unseen, int problems, int unread) {
		return badge != null && badge.unseenCount() == unseen && badge.unseenProblemCount() == problems
				&& badge.unreadCount() == unread;
	}

	private static <T> T last(List<T> list) {
		return list.isEmpty() ? null : list.get(list.size() - 1);
	}

	private static List<String> runs(List<Batch> batches) {
		return batches.stream().flatMap((batch) -> batch.nodes().stream()).map(Batch.Node::runId).toList();
	}

	private static List<String> runNames(int from, int to) {
		return java.util.stream.IntStream.range(from, to).mapToObj((i) -> "run-" + i).toList();
	}

	private static void assertChained(String start, List<Batch> batches) {
		String cursor = start;
		for (Batch batch : batches) {
			assertThat(batch.startCursor()).isEqualTo(cursor);
			cursor = batch.endCursor();
		}
	}

	private static String problemOf(Flux<?> feed) {
		return feed.materialize()
			.next()
			.map((signal) -> (signal
				.getThrowable() instanceof org.springframework.graphql.client.SubscriptionErrorException problem)
						? problem.getErrors().toString() : String.valueOf(signal.getThrowable()))
			.block(TIMEOUT);
	}

	private static <T> Listening<T> listen(Flux<T> flux) {
		return new Listening<>(flux);
	}

	private record Edge(String cursor, Batch.Node node) {
	}

	/** Collects what a subscription sends. */
	static final class Listening<T> implements AutoCloseable {

		final List<T> received = new CopyOnWriteArrayList<>();

		private final Disposable subscription;

		private volatile Throwable problem;

		Listening(Flux<T> flux) {
			this.subscription = flux.subscribe(this.received::add, (problem) -> this.problem = problem);
		}

		void await(java.util.function.Predicate<List<T>> condition) {
			Awaitility.await().atMost(TIMEOUT).until(() -> condition.test(this.received) || this.problem != null);
			assertThat(this.problem).isNull();
		}

		@Override
		public void close() {
			this.subscription.dispose();
		}

	}

	/** Asks for one batch, and for more only when told to. */
	static final class SlowReader extends reactor.core.publisher.BaseSubscriber<Batch> {

		final List<Batch> batches = new CopyOnWriteArrayList<>();

		@Override
		protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
			subscription.request(1);
		}

		@Override
		protected void hookOnNext(Batch batch) {
			this.batches.add(batch);
		}

		void awaitBatches(int number) {
			Awaitility.await().atMost(TIMEOUT).until(() -> this.batches.size() >= number);
		}

	}

}
