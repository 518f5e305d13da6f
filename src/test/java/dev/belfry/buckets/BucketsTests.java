package dev.belfry.buckets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.loops.TestLoops;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.DatabaseTime;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** Which node works on which accounts, while nodes come, go, die and freeze. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BucketsTests {

	private static final Duration LEASE = Duration.ofSeconds(5);

	private final String url = TestDatabase.createDatabase();

	private DatabaseTime time;

	private LocalNode database;

	@BeforeAll
	void start() {
		this.time = DatabaseTime.of(this.url);
		this.database = LocalNode.start(this.url, "belfry.notifier.enabled=false", "belfry.mail.threads=0");
		this.database.bean(Buckets.class).stop();
	}

	@AfterAll
	void stop() {
		this.database.close();
		this.time.close();
	}

	@BeforeEach
	void forgetNodes() {
		TestDatabase.execute(this.url, "truncate worker, bucket");
	}

	@Test
	void givesAllToTheOnlyNode() {
		Node node = new Node();

		node.beat();

		assertThat(node.count()).isEqualTo(256);
		assertThat(node.gained).hasValue(1);
	}

	@Test
	void sharesThemOutEvenlyAsNodesCome() {
		List<Node> nodes = List.of(new Node(), new Node(), new Node());
		nodes.get(0).beat();

		for (int i = 0; i < 3; i++) {
			nodes.forEach(Node::beat);
		}

		assertThat(nodes.stream().map(Node::count)).containsExactlyInAnyOrder(86L, 86L, 84L);
		assertThat(owners(nodes)).allMatch((owners) -> owners == 1);
	}

	/** An installation begins with few accounts, whose numbers follow each other. */
	@Test
	void sharesOutAlsoTheFirstAccounts() {
		List<Node> nodes = List.of(new Node(), new Node());
		for (int i = 0; i < 3; i++) {
			nodes.forEach(Node::beat);
		}

		assertThat(nodes).allSatisfy(
				(node) -> assertThat(IntStream.range(1, 21).filter((bucket) -> node.share.mine()[bucket]).count())
					.isBetween(8L, 12L));
	}

	@Test
	void handsThemOverAtTheNextBeatWhenANodeStops() {
		Node stopped = new Node();
		Node other = new Node();
		beatInTurns(stopped, other);

		stopped.buckets.start();
		stopped.buckets.stop();
		Awaitility.await().until(() -> {
			other.beat();
			return other.count() == 256;
		});

		assertThat(stopped.share.isEmpty()).isTrue();
	}

	@Test
	void handsThemOverAtTheEndOfItsLeaseWhenANodeDies() {
		Node dead = new Node();
		Node other = new Node();
		beatInTurns(dead, other);

		this.time.move(LEASE.minusSeconds(1));
		other.beat();
		assertThat(other.count()).isEqualTo(128);
		this.time.move(Duration.ofSeconds(1));
		other.beat();

		assertThat(other.count()).isEqualTo(256);
	}

	/** It does not ask the database, which may not answer it. */
	@Test
	void worksOnNothingOnceItsOwnLeaseIsOver() {
		Node frozen = new Node(Duration.ofMillis(500));

		frozen.beat();

		Awaitility.await().until(frozen.share::isEmpty);
	}

	@ParameterizedTest
	@ValueSource(ints = { -24, -1, 1, 24 })
	void sharesThemOutWhateverTheClockDoes(int hours) {
		Node dead = new Node();
		Node one = new Node();
		Node two = new Node();
		for (int i = 0; i < 3; i++) {
			List.of(dead, one, two).forEach(Node::beat);
		}

		this.time.move(Duration.ofHours(hours));
		for (int i = 0; i < 3; i++) {
			beatInTurns(one, two);
		}

		assertThat(one.count()).isEqualTo(128);
		assertThat(two.count()).isEqualTo(128);
		assertThat(owners(List.of(one, two))).allMatch((owners) -> owners == 1);
	}

	@Test
	void sharesOutEachKindOfWorkAmongThoseWhoDoIt() {
		Node one = new Node();
		Node two = new Node();
		BucketShare only = two.buckets.join("b", () -> {
		});

		beatInTurns(one, two);

		assertThat(two.count()).isEqualTo(128);
		assertThat(count(only)).isEqualTo(256);
	}

	/** All that is free is somebody's again, and nothing is two nodes'. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void findsEachBucketItsNodeAfterAnySchedule(long seed) {
		Random random = new Random(seed);
		List<Node> nodes = new ArrayList<>();
		for (int step = 0; step < 100; step++) {
			switch (random.nextInt(8)) {
				case 0 -> nodes.add(new Node());
				case 1 -> {
					if (!nodes.isEmpty()) {
						nodes.remove(random.nextInt(nodes.size()));
					}
				}
				case 2 -> this.time.move(Duration.ofSeconds(random.nextInt(-20, 20)));
				case 3 -> this.time.move(LEASE.dividedBy(10));
				default -> {
					if (!nodes.isEmpty()) {
						nodes.get(random.nextInt(nodes.size())).beat();
					}
				}
			}
		}
		nodes.add(new Node());

		this.time.move(LEASE);
		for (int i = 0; i < 3; i++) {
			nodes.forEach(Node::beat);
		}

		long share = (256 + nodes.size() - 1) / nodes.size();
		assertThat(nodes).allMatch((node) -> node.count() <= share);
		assertThat(owners(nodes)).allMatch((owners) -> owners == 1);
	}

	/** Of each bucket how many nodes believe that it is theirs. */
	private static List<Long> owners(List<Node> nodes) {
		return IntStream.range(0, BucketShare.BUCKETS)
			.mapToObj((bucket) -> nodes.stream().filter((node) -> node.share.mine()[bucket]).count())
			.toList();
	}

	private static void beatInTurns(Node one, Node other) {
		for (int i = 0; i < 2; i++) {
			one.beat();
			other.beat();
		}
		one.beat();
	}

	private static long count(BucketShare share) {
		return Arrays.stream(share.mine()).filter((mine) -> mine).count();
	}

	/** A node, as far as it leases buckets. */
	private final class Node {

		private final AtomicInteger gained = new AtomicInteger();

		private final Buckets buckets;

		private final BucketShare share;

		Node() {
			this(LEASE);
		}

		Node(Duration lease) {
			this.buckets = new Buckets(BucketsTests.this.database.bean(SystemDatabase.class), new BucketSettings(lease),
					new SimpleMeterRegistry(), TestLoops.create());
			this.share = this.buckets.join("a", this.gained::incrementAndGet);
		}

		void beat() {
			this.buckets.beat().block(BelfryClient.TIMEOUT);
		}

		long count() {
			return BucketsTests.count(this.share);
		}

	}

}
