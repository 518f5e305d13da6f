package dev.belfry.failover;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.client.FieldAccessException;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Follower;
import dev.belfry.testing.Followers;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database that has lost its newest transactions, and looks as it did: as if its files
 * had been put back.
 */
class LostEndTests {

	private static final String ACCOUNT = "shop";

	@Test
	void aFeedThatKnowsMoreThanTheDatabaseBeginsAnotherEpoch() {
		String url = TestDatabase.createDatabase();
		try (LocalNode node = LocalNode.start(url, "belfry.live.poll-interval=200ms", "belfry.notifier.enabled=false",
				"belfry.mail.threads=0", "spring.main.sources=" + TestAccounts.class.getName());
				Followers followers = new Followers()) {
			node.bean(TestAccounts.class).create(ACCOUNT);
			BelfryClient owner = node.client(TestTokens.owner(ACCOUNT));
			Follower follower = followers.add(node.port(), TestTokens.owner(ACCOUNT), owner.bell().cursor(),
					(entry) -> {
					});
			follower.follow();
			node.client(TestTokens.platform()).record(ACCOUNT, Completions.of(5)).block(BelfryClient.TIMEOUT);
			await().until(() -> follower.unseen() == 5);
			String end = owner.bell().cursor();

			TestDatabase.execute(url, "delete from job_notification where position > 2");
			TestDatabase.execute(url, "update account_log set job_position = 2");

			await().until(() -> follower.ends().stream().anyMatch((how) -> how.contains("CURSOR_INVALID")));
			follower.cut();
			// Retryable while connections are replaced.
			await().ignoreException(FieldAccessException.class).until(() -> owner.bell() != null);
			assertThat(owner.bell().unseenCount()).isEqualTo(2);
			assertThat(owner.run("jobNotifications", Map.of("first", 1, "after", end)).getErrors()).hasSize(1);
		}
	}

	@Test
	void eachEpochPassesOverNumbersThatMayHaveBeenGiven() {
		String url = TestDatabase.createDatabase();
		try (LocalNode node = LocalNode.start(url)) {
			AccountId busy = node.accounts().create();
			AccountId quiet = node.accounts().create();
			assertThat(createUsers(node, busy, 2)).containsExactly(1L, 2L);
			assertThat(createUsers(node, quiet, 1)).containsExactly(1L);

			beginEpoch(url);
			assertThat(createUsers(node, busy, 2)).containsExactly(1_000_003L, 1_000_004L);
			beginEpoch(url);

			assertThat(createUsers(node, busy, 1)).containsExactly(2_000_005L);
			assertThat(createUsers(node, quiet, 2)).containsExactly(2_000_002L, 2_000_003L);
			assertThat(createUsers(node, node.accounts().create(), 1)).containsExactly(2_000_001L);
		}
	}

	/** As an operator does who has put files back. */
	private static void beginEpoch(String url) {
		TestDatabase.execute(url, "select begin_epoch(epoch) from installation");
	}

	private static List<Long> createUsers(LocalNode node, AccountId account, int number) {
		return LongStream.range(0, number).map((i) -> node.accounts().createUser(account)).boxed().toList();
	}

	private static org.awaitility.core.ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

}
