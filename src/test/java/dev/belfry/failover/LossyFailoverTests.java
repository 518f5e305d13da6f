package dev.belfry.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.belfry.testing.Attempts;
import dev.belfry.testing.Attempts.Outcome;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Follower;
import dev.belfry.testing.Followers;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.OwnDatabase;
import dev.belfry.testing.SilentLine;
import dev.belfry.testing.Standby;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A standby that lacks the newest transactions takes over while nodes run. What the
 * database itself has lost is gone, and whoever has seen it is told; nothing else is
 * lost, and nothing is doubled.
 */
class LossyFailoverTests {

	private static final String ACCOUNT = "shop";

	private static final int BEFORE = 7;

	/** From the moment in which the standby can be reached. */
	private static final Duration RECOVERY = Duration.ofSeconds(10);

	private static final int LOST = 5;

	/** So many numbers of a kind can be lost, and none of them is given again. */
	private static final long MOST_LOST = 1_000_000;

	private final OwnDatabase primary = start();

	private final SilentLine line = SilentLine.to(this.primary.port());

	private final LocalNode one = node();

	private final LocalNode two = node();

	private Standby standby;

	private static OwnDatabase start() {
		TestDatabase.start();
		return OwnDatabase.start();
	}

	private LocalNode node() {
		return LocalNode.start(OwnDatabase.url(this.line.port()), "belfry.live.poll-interval=500ms",
				"belfry.mail.threads=0", "spring.main.sources=" + TestAccounts.class.getName());
	}

	@AfterEach
	void stop() {
		this.two.close();
		this.one.close();
		this.line.close();
		if (this.standby != null) {
			this.standby.close();
		}
		this.primary.close();
	}

	@Test
	void tellsWhoeverHasSeenWhatIsLostAndLosesNothingElse() {
		this.one.bean(TestAccounts.class).create(ACCOUNT);
		this.standby = Standby.of(this.primary);
		String start = owner(this.one).bell().cursor();
		Collection<String> seen = new ConcurrentLinkedQueue<>();
		try (Followers followers = new Followers()) {
			Follower follower = followers.add(this.two.port(), TestTokens.owner(ACCOUNT), start,
					(node) -> seen.add(node.get("id").asString()));
			follower.follow();
			record(this.one, BEFORE);
			this.standby.catchUp();
			this.standby.stopFollowing();
			record(this.one, LOST);
			await().until(() -> seen.size() == BEFORE + LOST && follower.unseen() == BEFORE + LOST);
			String lost = owner(this.one).bell().cursor();

			failOver();

			await().until(() -> follower.ends().stream().anyMatch((end) -> end.contains("CURSOR_INVALID")));
			assertThat(follower.ends().get(0)).startsWith("1012 ");
			assertThat(follower.problem()).isEmpty();
			awaitRecovery();
			for (LocalNode node : List.of(this.one, this.two)) {
				assertThat(refusal(node, lost)).isEqualTo("CURSOR_INVALID");
				assertThat(refusal(node, start)).isEqualTo("CURSOR_INVALID");
				assertThat(owner(node).bell().unseenCount()).isEqualTo(BEFORE);
			}
			follower.cut();
		}

		String end = owner(this.two).bell().cursor();
		record(this.two, 3);
		try (LocalNode three = node()) {
			for (LocalNode node : List.of(this.one, this.two, three)) {
				assertThat(refusal(node, end)).isEmpty();
				await().until(() -> owner(node).bell().unseenCount() == BEFORE + 3);
				assertThat(owner(node).feed(Map.of("since", end)).blockFirst(BelfryClient.TIMEOUT).nodes()).hasSize(3);
			}
		}
	}

	@Test
	void losesNothingThatIsAcknowledgedBeforeAndAfter() {
		this.one.bean(TestAccounts.class).create(ACCOUNT);
		this.standby = Standby.of(this.primary);
		try (Attempts attempts = Attempts.toRecord(ACCOUNT, 4, this.one.port(), this.two.port())) {
			await().until(() -> attempts.number(Outcome.OK) > 50);
			this.standby.catchUp();
			int safe = attempts.all().size();
			this.standby.stopFollowing();
			await().until(() -> attempts.all().size() > safe + 50);

			failOver();
			int cut = attempts.all().size();
			Awaitility.await()
				.atMost(RECOVERY)
				.until(() -> attempts.all()
					.stream()
					.skip(cut)
					.filter((one) -> one.outcome() == Outcome.OK)
					.count() > 20);
			List<String> acknowledged = attempts.finish();

			Set<String> kept = new HashSet<>(this.standby.server().list("select run_id from job_notification"));
			List<String> doubled = new ArrayList<>(this.standby.server().list("select run_id from job_notification"));
			kept.forEach(doubled::remove);
			assertThat(doubled).isEmpty();
			Set<String> doubtful = new HashSet<>();
			attempts.all()
				.subList(Math.max(0, safe - 4), Math.min(attempts.all().size(), cut + 8))
				.forEach((attempt) -> doubtful.add(attempt.key()));
			assertThat(acknowledged).filteredOn((key) -> !kept.contains(key)).isNotEmpty().isSubsetOf(doubtful);
			assertThat(attempts.slowest()).isLessThan(Attempts.LONGEST_ANSWER);
			List<String> holes = this.standby.server()
				.list("select position from job_notification except select generate_series(1, (select job_position from account_log))");
			assertThat(holes).isEmpty();
		}
	}

	@Test
	void givesNoNumberAgainThatIsLost() {
		AccountId shop = this.one.accounts().create(ACCOUNT);
		AccountId other = this.one.accounts().create("other");
		long before = this.one.accounts().createUser(shop);
		this.standby = Standby.of(this.primary);
		this.standby.catchUp();
		this.standby.stopFollowing();
		AccountId lost = this.one.accounts().create("lost");
		assertThat(this.one.accounts().createUser(shop)).isEqualTo(before + 1);
		assertThat(this.one.accounts().createUser(other)).isEqualTo(1);

		failOver();
		awaitRecovery();

		assertThat(this.one.accounts().createUser(shop)).isEqualTo(before + MOST_LOST + 1);
		assertThat(this.two.accounts().createUser(shop)).isEqualTo(before + MOST_LOST + 2);
		assertThat(this.two.accounts().createUser(other)).isEqualTo(MOST_LOST + 1);
		assertThat(this.two.accounts().create("new").value()).isGreaterThan(lost.value() + MOST_LOST / 2);
	}

	private void failOver() {
		this.standby.promote();
		this.line.redirect(this.standby.port());
	}

	/** Each node has noticed, by all of its connections, and answers. */
	private void awaitRecovery() {
		Awaitility.await()
			.atMost(RECOVERY)
			.during(Duration.ofSeconds(2))
			.until(() -> Stream.of(this.one, this.two)
				.allMatch((node) -> Http.at(node.port()).get("/actuator/health/readiness").status() == 200));
	}

	private static void record(LocalNode node, int number) {
		assertThat(node.client(TestTokens.platform())
			.record(ACCOUNT, Completions.of(number))
			.block(BelfryClient.TIMEOUT)
			.getErrors()).isEmpty();
	}

	private static BelfryClient owner(LocalNode node) {
		return node.client(TestTokens.owner(ACCOUNT));
	}

	/** The code with which a page after a cursor is refused; empty if it is not. */
	private static String refusal(LocalNode node, String cursor) {
		return owner(node).run("jobNotifications", Map.of("first", 5, "after", cursor))
			.getErrors()
			.stream()
			.map((error) -> String.valueOf(error.getExtensions().get("code")))
			.findFirst()
			.orElse("");
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

}
