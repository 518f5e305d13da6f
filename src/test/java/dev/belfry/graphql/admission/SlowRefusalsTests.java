package dev.belfry.graphql.admission;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlowRefusalsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void answersTheFirstAtOnceAndHoldsFurtherOnesBack() {
		SlowRefusals refusals = new SlowRefusals(Duration.ofHours(1));
		for (int i = 0; i < 20; i++) {
			assertThat(answer(refusals, "flood")).isCompletedWithValue("refused");
		}

		assertThat(answer(refusals, "flood")).isNotDone();
		assertThat(answer(refusals, "other")).isCompletedWithValue("refused");
	}

	@Test
	void answersEachInTheEnd() {
		SlowRefusals refusals = new SlowRefusals(Duration.ofMillis(5));
		for (int i = 0; i < 100; i++) {
			assertThat(answer(refusals, "flood")).succeedsWithin(PATIENCE);
		}
	}

	/** What is held back takes memory. */
	@Test
	void holdsNoMoreBackThanIsGoodForTheNode() {
		SlowRefusals refusals = new SlowRefusals(Duration.ofHours(1));
		for (int i = 0; i < 2_020; i++) {
			answer(refusals, "flood");
		}

		assertThat(answer(refusals, "flood")).isCompletedWithValue("refused");
	}

	private static CompletableFuture<String> answer(SlowRefusals refusals, String who) {
		return refusals.answer(who, "refused").toFuture();
	}

}
