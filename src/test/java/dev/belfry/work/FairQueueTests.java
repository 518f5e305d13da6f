package dev.belfry.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.viewer.AccountId;
import dev.belfry.work.FairQueue.Shares;
import dev.belfry.work.FairQueue.Task;

import static org.assertj.core.api.Assertions.assertThat;

class FairQueueTests {

	private static final AccountId GREEDY = new AccountId(1);

	private static final AccountId MODEST = new AccountId(2);

	private final FairQueue<AccountId, Runnable> queue = new FairQueue<>(new Shares(1, 1, 1, Duration.ZERO));

	private final List<String> done = new ArrayList<>();

	@Test
	void servesAnAccountInTheOrderOfItsTasks() throws InterruptedException {
		add(GREEDY, "a", "b", "c");

		serve(3, 1);

		assertThat(this.done).containsExactly("a", "b", "c");
	}

	@Test
	void servesWhoComesNextHoweverMuchAnotherHasQueued() throws InterruptedException {
		add(GREEDY, "a", "b", "c", "d");
		serve(2, FairQueue.GUESS);

		add(MODEST, "m");
		serve(3, FairQueue.GUESS);

		assertThat(this.done.indexOf("m")).isLessThanOrEqualTo(3);
		assertThat(this.done).hasSize(5);
	}

	@Test
	void countsWhatTasksTookAndNotHowManyTheyWere() throws InterruptedException {
		for (int i = 0; i < 20; i++) {
			add(GREEDY, "long");
			add(MODEST, "short");
		}

		for (int i = 0; i < 22; i++) {
			Task<AccountId, Runnable> task = this.queue.take();
			task.work().run();
			this.queue.done(task, task.account().equals(GREEDY) ? 100 * FairQueue.GUESS : FairQueue.GUESS);
		}

		assertThat(this.done.stream().filter("short"::equals)).hasSize(20);
	}

	/** So that somebody who comes now and then finds a place free. */
	@Test
	void givesFewAtATimeToAllTogetherWhoHaveUsedMuchOfLate() throws InterruptedException {
		FairQueue<String, String> gate = new FairQueue<>(new Shares(2, 2, 1, Duration.ZERO));
		for (String account : List.of("greedy", "greedier")) {
			gate.add(account, "long");
			gate.done(gate.take(), 1_000 * FairQueue.GUESS);
			gate.add(account, "next of " + account);
		}

		Task<String, String> only = gate.take();
		assertThat(gate.poll()).isNull();
		gate.add("modest", "short");
		assertThat(gate.take().work()).isEqualTo("short");
		gate.done(only, FairQueue.GUESS);

		assertThat(gate.take().work()).isEqualTo("next of greedier");
	}

	/** Until it has left the others alone for a while. */
	@Test
	void givesFewerAtATimeToWhoHasUsedMuchOfLate() throws InterruptedException {
		AtomicLong now = new AtomicLong();
		FairQueue<String, String> gate = new FairQueue<>(new Shares(2, 1, 2, Duration.ZERO), now::get);
		gate.add("greedy", "a");
		gate.done(gate.take(), 1_000 * FairQueue.GUESS);

		List.of("b", "c").forEach((task) -> gate.add("greedy", task));
		Task<String, String> only = gate.take();
		assertThat(gate.poll()).isNull();
		now.addAndGet(3_000_000_000L);
		gate.done(only, FairQueue.GUESS);

		gate.add("greedy", "d");
		assertThat(List.of(gate.take().work(), gate.take().work())).containsExactly("c", "d");
	}

	@Test
	void hasWhoeverDoesMuchInShortTasksForNoneThatHasUsedMuch() throws InterruptedException {
		FairQueue<String, String> gate = new FairQueue<>(new Shares(2, 1, 2, Duration.ofMillis(20)), () -> 0L);
		for (int i = 0; i < 1_000; i++) {
			gate.add("busy", "short");
			gate.done(gate.take(), 20 * FairQueue.GUESS);
		}
		List.of("a", "b").forEach((task) -> gate.add("busy", task));
		assertThat(List.of(gate.take().work(), gate.take().work())).containsExactly("a", "b");

		gate.add("slow", "long");
		gate.done(gate.take(), 400 * FairQueue.GUESS);
		List.of("c", "d").forEach((task) -> gate.add("slow", task));
		gate.take();
		assertThat(gate.poll()).isNull();
	}

	/** Who was away has saved nothing up. */
	@Test
	void servesWhoComesBackLikeAnyOther() throws InterruptedException {
		add(MODEST, "m");
		serve(1, FairQueue.GUESS);
		for (int i = 0; i < 100; i++) {
			add(GREEDY, "g");
		}
		serve(50, FairQueue.GUESS);
		for (int i = 0; i < 50; i++) {
			add(MODEST, "m");
		}
		this.done.clear();

		serve(40, FairQueue.GUESS);

		assertThat(this.done.stream().filter("g"::equals).count()).isBetween(19L, 21L);
	}

	/** As a platform does that hands in a little for each of many accounts. */
	@Test
	void servesWhoHasUsedSomethingHoweverManyComeThatHaveUsedNothing() throws InterruptedException {
		add(GREEDY, "a");
		serve(1, 100 * FairQueue.GUESS);
		add(GREEDY, "b");
		add(MODEST, "new");

		for (int other = 10; other < 200 && !this.done.contains("b"); other++) {
			add(new AccountId(other), "new");
			serve(1, 10 * FairQueue.GUESS);
		}

		assertThat(this.done).contains("b").hasSizeLessThan(60);
	}

	@Test
	void leavesAThreadForTheOthers() throws InterruptedException {
		FairQueue<AccountId, Runnable> two = new FairQueue<>(new Shares(2, 2, 2, Duration.ZERO));
		for (int i = 0; i < 5; i++) {
			two.add(GREEDY, () -> {
			});
		}
		two.take();
		two.take();
		two.add(MODEST, () -> {
		});

		assertThat(two.take().account()).isEqualTo(MODEST);
		assertThat(two.waiting()).isEqualTo(3);
	}

	@Test
	void takesNothingMoreOnceItIsClosed() throws InterruptedException {
		add(GREEDY, "a");
		this.queue.close();

		assertThat(this.queue.add(GREEDY, () -> {
		})).isFalse();
		serve(1, 1);
		assertThat(this.done).containsExactly("a");
		org.assertj.core.api.Assertions.assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(this.queue::take);
	}

	/**
	 * What two busy accounts have used never differs by more than their longest tasks.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void givesBusyAccountsTheSame(long seed) throws InterruptedException {
		RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
		int accounts = 5;
		long longest = 50 * FairQueue.GUESS;
		for (int i = 0; i < 2_000; i++) {
			this.queue.add(new AccountId(1 + i % accounts), () -> {
			});
		}
		Map<AccountId, Long> used = new HashMap<>();
		for (int i = 0; i < 1_000; i++) {
			Task<AccountId, Runnable> task = this.queue.take();
			long cost = random.nextLong(1, (task.account().value() == 1) ? longest : longest / 10);
			used.merge(task.account(), cost, Long::sum);
			this.queue.done(task, cost);
			long most = used.values().stream().mapToLong(Long::longValue).max().orElseThrow();
			long least = used.values().stream().mapToLong(Long::longValue).min().orElseThrow();
			assertThat(i < accounts || most - least <= 2 * longest).isTrue();
		}
	}

	private void add(AccountId account, String... names) {
		for (String name : names) {
			this.queue.add(account, () -> this.done.add(name));
		}
	}

	private void serve(int number, long cost) throws InterruptedException {
		for (int i = 0; i < number; i++) {
			Task<AccountId, Runnable> task = this.queue.take();
			task.work().run();
			this.queue.done(task, cost);
		}
	}

}
