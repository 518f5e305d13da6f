package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.belfry.buckets.BucketShare;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.RulesCache;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose log is evaluated next. */
class NotifierStoreTests {

	private static final Boolean[] ALL = new Boolean[BucketShare.BUCKETS];

	static {
		Arrays.fill(ALL, true);
	}

	@Test
	void countsNoTurnThatTheDatabaseHasBroken() {
		try (LocalNode node = start()) {
			NotifierStore store = node.bean(NotifierStore.class);
			node.bean(TestAccounts.class).create("one");
			node.client(TestTokens.platform()).record("one", Completions.of(1)).block(BelfryClient.TIMEOUT);

			for (int i = 0; i < 5; i++) {
				AccountTurn turn = store.due(ALL, 1).block(BelfryClient.TIMEOUT).get(0);
				assertThat(turn.tries()).isZero();
				store.begin(turn).block(BelfryClient.TIMEOUT);
				store.broken(turn).block(BelfryClient.TIMEOUT);
			}
		}
	}

	@Test
	void takesTheAccountThatHasWaitedLongest() {
		try (LocalNode node = start()) {
			NotifierStore store = node.bean(NotifierStore.class);
			RulesCache rules = node.bean(RulesCache.class);
			BelfryClient platform = node.client(TestTokens.platform());
			for (String account : List.of("one", "two", "three")) {
				node.bean(TestAccounts.class).create(account);
			}

			List<AccountId> taken = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				for (String account : List.of("one", "two", "three")) {
					platform.record(account, Completions.of(1)).block(BelfryClient.TIMEOUT);
				}
				AccountTurn turn = store.due(ALL, 1).block(BelfryClient.TIMEOUT).get(0);
				taken.add(turn.account());
				store.done(rules.governing(turn).block(BelfryClient.TIMEOUT), turn).block(BelfryClient.TIMEOUT);
			}

			assertThat(taken.subList(0, 3)).doesNotHaveDuplicates();
			assertThat(taken.subList(3, 6)).isEqualTo(taken.subList(0, 3));
		}
	}

	private static LocalNode start() {
		return LocalNode.start(TestDatabase.createDatabase(), "belfry.notifier.enabled=false",
				"spring.main.sources=" + TestAccounts.class.getName());
	}

}
