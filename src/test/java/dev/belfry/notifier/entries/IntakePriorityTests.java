package dev.belfry.notifier.entries;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class IntakePriorityTests {

	private final IntakePriority way = new IntakePriority();

	@Test
	void letsAStepBeDoneAtOnceWhileNothingIsTakenIn() {
		assertThat(this.way.forAStep().toFuture()).isDone();
	}

	@Test
	void pausesBeforeAStepWhileEntriesAreTakenIn() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			this.way.onLogged();
			var step = this.way.forAStep().toFuture();

			assertThat(step).isNotDone();
			time.advanceTimeBy(Duration.ofSeconds(1));
			assertThat(step).isDone();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void isFreeAgainSoonAfterTheLast() {
		this.way.onLogged();

		Awaitility.await().until(() -> this.way.forAStep().toFuture().isDone());
	}

}
