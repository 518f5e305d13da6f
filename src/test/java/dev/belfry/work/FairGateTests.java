package dev.belfry.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

import dev.belfry.input.Refusal;
import dev.belfry.testing.Visits;
import dev.belfry.work.FairGate.Pass;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FairGateTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicLong now = new AtomicLong(1);

	@Test
	void letsOthersInWhileAnAccountHasItsShare() {
		FairGate gate = gate(3, 2, 10, LONG);
		enter(gate, "greedy");
		enter(gate, "greedy");
		CompletableFuture<Pass> third = gate.enter("greedy").toFuture();

		assertThat(enter(gate, "modest")).isNotNull();
		assertThat(third).isNotDone();
		assertThat(meters("belfry.test.running")).isEqualTo(3);
		assertThat(meters("belfry.test.waiting")).isEqualTo(1);
	}

	@Test
	void letsTheNextInWhenSomebodyLeaves() {
		FairGate gate = gate(1, 1, 10, LONG);
		Pass first = enter(gate, "a");
		CompletableFuture<Pass> second = gate.enter("a").toFuture();
		CompletableFuture<Pass> third = gate.enter("a").toFuture();

		first.leave();
		first.leave();

		assertThat(second).succeedsWithin(PATIENCE);
		assertThat(third).isNotDone();
	}

	/** However many wait of another account. */
	@Test
	void servesAccountsInTurn() throws Exception {
		FairGate gate = gate(1, 1, 100, LONG);
		Pass first = enter(gate, "greedy");
		List<CompletableFuture<Pass>> greedy = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			greedy.add(gate.enter("greedy").toFuture());
		}
		CompletableFuture<Pass> modest = gate.enter("modest").toFuture();

		first.leave();

		assertThat(modest).succeedsWithin(PATIENCE);
		assertThat(greedy).noneMatch(CompletableFuture::isDone);
	}

	@Test
	void refusesAtOnceWhoWouldBeOneTooManyInTheQueue() {
		FairGate gate = gate(1, 1, 1, LONG);
		enter(gate, "a");
		gate.enter("a").toFuture();

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> enter(gate, "a"))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.OVERLOADED))
			.satisfies((refusal) -> assertThat(refusal.extensions()).containsEntry("retryable", true)
				.containsEntry(Refusal.RETRY_AFTER, 1L))
			.withMessage("Too much");
		assertThat(this.meters.counter("belfry.limits.refused", "limit", "test").count()).isEqualTo(1);
	}

	@Test
	void refusesWhoHasWaitedLongEnough() {
		FairGate gate = gate(1, 1, 10, Duration.ofMillis(20));
		Pass first = enter(gate, "a");

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> enter(gate, "a"));
		assertThat(meters("belfry.test.waiting")).isZero();
		first.leave();
		assertThat(enter(gate, "a")).isNotNull();
	}

	/** A gate that stays full will not be emptier for who waits longer. */
	@Test
	void letsEightWaitForEachPlaceOnceItWasFullForLong() {
		FairGate gate = gate(1, 1);
		Pass first = enter(gate, "greedy");
		CompletableFuture<Pass> patient = gate.enterPatiently("greedy").toFuture();
		pass(LONG);

		List<CompletableFuture<Pass>> greedy = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			greedy.add(gate.enter("greedy").toFuture());
		}
		assertThat(greedy).noneMatch(CompletableFuture::isDone);
		CompletableFuture<Pass> modest = gate.enter("modest").toFuture();

		assertThat(greedy).last().matches(CompletableFuture::isCompletedExceptionally);
		assertThat(greedy.subList(0, 6)).noneMatch(CompletableFuture::isDone);
		first.leave();
		assertThat(modest).succeedsWithin(PATIENCE);
		modest.join().leave();
		assertThat(patient).succeedsWithin(PATIENCE);
	}

	/** Who is let in is answered soon; and it is chance whose turn was put off. */
	@Test
	void letsWhoHasWaitedForLongGiveWayFirst() {
		FairGate gate = gate(1, 1);
		enter(gate, "a");
		CompletableFuture<Pass> late = gate.enter("b").toFuture();
		pass(LONG);
		List<CompletableFuture<Pass>> newer = Stream.of("a", "a", "a", "a", "a", "a", "a", "c")
			.map((who) -> gate.enter(who).toFuture())
			.toList();

		assertThat(late).isCompletedExceptionally();
		assertThat(newer).noneMatch(CompletableFuture::isDone);
	}

	@Test
	void neverRefusesWhoIsPatient() {
		FairGate gate = gate(1, 1, 0, Duration.ofMillis(1));
		Pass first = enter(gate, "a");
		CompletableFuture<Pass> patient = gate.enterPatiently("a").toFuture();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> enter(gate, "a"));

		first.leave();

		assertThat(patient).succeedsWithin(PATIENCE);
	}

	/** A place is lost to nobody who has gone. */
	@Test
	void forgetsWhoWaitsNoMore() {
		FairGate gate = gate(1, 1, 1, LONG);
		Pass first = enter(gate, "a");
		gate.enter("a").subscribe().dispose();
		CompletableFuture<Pass> next = gate.enter("a").toFuture();

		first.leave();

		assertThat(next).succeedsWithin(PATIENCE);
	}

	/** An operation that ends while its next step is about to begin (promise 12). */
	@Test
	void keepsNoPlaceForWhoGoesBeforeTakingIt() {
		FairGate gate = gate(1, 1, 1, LONG);

		gate.enterPatiently("a").subscribe(new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.cancel();
			}

		});

		assertThat(meters("belfry.test.running")).isZero();
		assertThat(enter(gate, "a")).isNotNull();
	}

	/** Who comes again and again, and who tells it to go, are two threads. */
	@Test
	void keepsNoPlaceForWhoGoesInTheMomentOfEntering() throws Exception {
		FairGate gate = gate(1, 1, 1, LONG);
		ExecutorService other = Executors.newSingleThreadExecutor();
		try {
			for (int i = 0; i < 2_000; i++) {
				Disposable.Swap visits = Disposables.swap();
				Future<?> told = other.submit(visits::dispose);
				Flux<Pass> entrance = gate.enterPatiently("a").doOnNext(Pass::leave).repeat(1_000);
				entrance.subscribe(new BaseSubscriber<>() {

					@Override
					protected void hookOnSubscribe(Subscription subscription) {
						visits.update(this);
						subscription.request(Long.MAX_VALUE);
					}

				});
				told.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			}
		}
		finally {
			other.shutdownNow();
		}

		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(meters("belfry.test.running")).isZero());
	}

	@Test
	void losesNoPlaceHoweverManyComeAndGo() {
		FairGate gate = gate(4, 3, 1_000, LONG);
		List<CompletableFuture<Void>> visits = Visits.of(gate::enter);

		visits.forEach((visit) -> assertThat(visit).satisfiesAnyOf((done) -> assertThat(done).isCancelled(),
				(done) -> assertThat(done).succeedsWithin(PATIENCE)));
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(meters("belfry.test.running")).isZero());
	}

	/** So that whoever asks for little finds a processor free. */
	@Test
	void leavesAPlaceEmptyAfterWhoUsedMuchForAsLongAsItWasTaken() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			FairGate gate = gate(1, 1).restingFor(TestWork.littleHeadroom());
			Pass much = enter(gate, "greedy");
			pass(Duration.ofMillis(400));
			much.leave();
			Pass little = enter(gate, "greedy");
			CompletableFuture<Pass> next = gate.enter("modest").toFuture();
			pass(Duration.ofMillis(60));

			little.leave();

			time.advanceTimeBy(Duration.ofMillis(59));
			assertThat(next).isNotDone();
			time.advanceTimeBy(Duration.ofMillis(1));
			assertThat(next).isCompleted();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	private FairGate gate(int all, int ofOne, int waiting, Duration longestWait) {
		return new FairGate("belfry.test",
				new FairGate.Bounds(all, ofOne, ofOne, all, Duration.ZERO, waiting, longestWait, longestWait),
				"Too much", new Limit("test", this.meters), this.meters);
	}

	/** One that is full for a moment only for a second, by a clock of its own. */
	private FairGate gate(int all, int ofOne) {
		return new FairGate("belfry.test",
				new FairGate.Bounds(all, ofOne, ofOne, all, Duration.ZERO, 10, LONG, Duration.ofSeconds(1)), "Too much",
				new Limit("test", this.meters), this.meters, this.now::get);
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	private static Pass enter(FairGate gate, String who) {
		return gate.enter(who).block(PATIENCE);
	}

	private double meters(String name) {
		return this.meters.get(name).gauge().value();
	}

}
