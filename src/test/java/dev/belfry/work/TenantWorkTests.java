package dev.belfry.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TenantWorkTests {

	private static final AccountId ONE = new AccountId(1);

	private static final AccountId OTHER = new AccountId(2);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TenantWork work = TestWork.start();

	@AfterEach
	void close() {
		this.work.close();
	}

	@Test
	void runsOnThreadsOfItsOwn() {
		Thread thread = Mono.fromCallable(Thread::currentThread).subscribeOn(this.work.of(ONE)).block(PATIENCE);

		assertThat(thread.getName()).startsWith("tenant-work-");
		assertThat(thread).isNotInstanceOf(NonBlocking.class);
	}

	@Test
	void servesOthersWhileAnAccountKeepsItBusy() {
		CountDownLatch end = new CountDownLatch(1);
		for (int i = 0; i < 100; i++) {
			this.work.of(ONE).schedule(() -> await(end));
		}

		assertThat(Mono.just("served").publishOn(this.work.of(OTHER)).block(PATIENCE)).isEqualTo("served");
		end.countDown();
	}

	@Test
	void keepsTheOrderOfAStream() {
		List<Integer> numbers = Flux.range(0, 1_000).publishOn(this.work.of(ONE)).collectList().block(PATIENCE);

		assertThat(numbers).isEqualTo(Flux.range(0, 1_000).collectList().block());
	}

	/** Of each account one task at a time has a thread, and each has both. */
	@Test
	void givesOthersTheirTurnBetweenThePartsOfWhatIsLong() {
		AtomicBoolean served = new AtomicBoolean();
		Mono<Void> first = this.work.inParts(ONE, () -> !served.get());
		Mono<Void> second = this.work.inParts(OTHER, () -> !served.get());
		CompletableFuture<Void> both = Mono.when(first, second).toFuture();

		Mono.fromRunnable(() -> served.set(true)).subscribeOn(this.work.of(new AccountId(3))).block(PATIENCE);

		assertThat(both).succeedsWithin(PATIENCE);
	}

	@Test
	void takesEachStepOfAPartedWorkOnceAndInItsOrder() {
		List<Integer> steps = new ArrayList<>();

		this.work.inParts(ONE, () -> {
			steps.add(steps.size());
			return steps.size() < 1_000;
		}).block(PATIENCE);

		assertThat(steps).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
	}

	@Test
	void outlivesWhateverATaskEndsWith() {
		for (int i = 0; i < 20; i++) {
			this.work.of((i % 2 == 0) ? ONE : OTHER).schedule(() -> {
				throw new OutOfMemoryError("a test");
			});
		}

		assertThat(Mono.just("goes on").publishOn(this.work.of(ONE)).block(PATIENCE)).isEqualTo("goes on");
		assertThat(Mono.just("goes on").publishOn(this.work.of(OTHER)).block(PATIENCE)).isEqualTo("goes on");
	}

	@Test
	void takesNothingMoreOnceItIsClosed() {
		this.work.close();

		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> Mono.just("late").publishOn(this.work.of(ONE)).block(PATIENCE));
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
