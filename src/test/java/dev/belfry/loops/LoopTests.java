package dev.belfry.loops;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/** A loop goes on, whatever its turns do. Time passes only where a test says so. */
@ExtendWith(OutputCaptureExtension.class)
class LoopTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Loops loops = new Loops(new LoopSettings(Duration.ofSeconds(30)),
			UncheckedIOException.class::isInstance, this.time, () -> this.time.now(TimeUnit.NANOSECONDS));

	private final AtomicInteger turns = new AtomicInteger();

	private volatile Supplier<Mono<?>> work = Mono::empty;

	private final Loop loop = loop("tested");

	@AfterEach
	void stop() {
		this.loop.stop();
	}

	@Test
	void takesItsTurnsOneAfterTheOtherInItsInterval() {
		this.loop.start();
		pass(SECOND);
		awaitTurns(1);
		for (int turn = 2; turn < 5; turn++) {
			awaitIdle();
			pass(SECOND);
			awaitTurns(turn);
		}
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException("a bug"), new AssertionError("a bug"), new StackOverflowError(),
				new NoClassDefFoundError("dev/belfry/Gone"), new InternalError("a bug of the machine"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void goesOnAfterWhateverATurnThrows(Throwable failure) {
		goesOnAfter(() -> {
			throw sneaky(failure);
		});
	}

	@ParameterizedTest
	@MethodSource("failures")
	void goesOnAfterWhateverATurnSignals(Throwable failure) {
		goesOnAfter(() -> Mono.error(failure));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void goesOnAfterWhatIsThrownWhileATurnIsUnderWay(Throwable failure) {
		goesOnAfter(() -> Mono.just(1).doOnNext((one) -> {
			throw sneaky(failure);
		}));
	}

	@Test
	void goesOnAfterATurnThatNeverEnds() {
		AtomicBoolean cancelled = new AtomicBoolean();

		goesOnAfter(() -> Mono.never().doOnCancel(() -> cancelled.set(true)));

		assertThat(cancelled).isTrue();
	}

	@Test
	void goesOnAfterATurnThatBlocksForEver() {
		goesOnAfter(() -> Mono.fromRunnable(() -> await(new CountDownLatch(1))));
	}

	@Test
	void beginsNoTurnBesideOneThatKeepsItsThreadAndSaysSo() {
		CountDownLatch go = new CountDownLatch(1);
		this.work = () -> Mono.fromRunnable(() -> awaitWhatever(go));
		this.loop.start();
		pass(SECOND);
		awaitTurns(1);
		pass(Duration.ofMinutes(5));

		assertThat(this.turns).hasValue(1);
		assertThat(late()).contains("No end after PT1M");

		this.work = Mono::empty;
		go.countDown();
		awaitGood();
	}

	@Test
	void aLoopThatHangsDelaysNoOther() {
		AtomicInteger others = new AtomicInteger();
		Loop other = this.loops.make(plan("other"), () -> Mono.fromRunnable(others::incrementAndGet));
		CountDownLatch go = new CountDownLatch(1);
		this.work = () -> Mono.fromRunnable(() -> awaitWhatever(go));
		this.loop.start();
		other.start();

		await(() -> others.get() > 10);
		go.countDown();
		other.stop();
	}

	@Test
	void isNamedByHealthAndMetricsWhileItFails() {
		SimpleMeterRegistry metrics = new SimpleMeterRegistry();
		this.loops.bindTo(metrics);
		this.work = () -> Mono.error(new StackOverflowError());
		this.loop.start();
		await(() -> late() != null);

		assertThat(late()).startsWith("since ").endsWith("java.lang.StackOverflowError");
		assertThat(metrics.get("belfry.loop.failures").tag("loop", "tested").functionCounter().count())
			.isGreaterThan(2);
		assertThat(metrics.get("belfry.loop.failing").tag("loop", "tested").timeGauge().value(TimeUnit.SECONDS))
			.isGreaterThanOrEqualTo(30);
		assertThat(metrics.get("belfry.loop.age").tag("loop", "tested").timeGauge().value(TimeUnit.SECONDS))
			.isGreaterThanOrEqualTo(30);

		this.work = Mono::empty;
		awaitGood();
		assertThat(metrics.get("belfry.loop.failing").tag("loop", "tested").timeGauge().value()).isZero();
	}

	@Test
	void isNotNamedForAFailureThatPasses() {
		this.work = () -> Mono.error(new IllegalStateException());
		this.loop.start();
		pass(SECOND);
		awaitTurns(1);

		assertThat(late()).isNull();
	}

	@Test
	void logsASeriesOfFailuresOnceAndThatItIsOver(CapturedOutput output) {
		this.work = () -> Mono.error(new IllegalStateException("a bug"));
		this.loop.start();
		await(() -> this.turns.get() > 5);
		this.work = Mono::empty;
		awaitGood();

		assertThat(output)
			.containsOnlyOnce("What it does is not done (loop \"tested\"): " + "java.lang.IllegalStateException: a bug")
			.containsOnlyOnce("The loop \"tested\" gets on again");
	}

	@Test
	void isExcusedByAnOutageThatIsKnown(CapturedOutput output) {
		this.loops.outage(true);
		this.work = () -> Mono.error(new UncheckedIOException(new java.io.IOException("the database is away")));
		this.loop.start();
		await(() -> this.turns.get() > 100);
		assertThat(late()).isNull();

		this.loops.outage(false);
		assertThat(late()).isNull();
		await(() -> late() != null);
		assertThat(output).doesNotContain("tested");
	}

	@Test
	void triesLessOftenTheMoreTurnsHaveFailed() {
		LoopProgress progress = new LoopProgress(plan("tested"), (failure) -> false);

		assertThat(Stream.of(1, 2, 3, 4, 5, 6).map((number) -> {
			progress.failed(0, new IllegalStateException());
			return (int) progress.pause().toSeconds();
		})).containsExactly(1, 2, 4, 8, 10, 10);
	}

	@Test
	void aTurnBeginsAtOnceWhenItIsWoken() {
		this.loop.start();
		pass(SECOND);
		awaitIdle();

		assertThat(this.loop.wake()).isTrue();

		awaitTurns(2);
	}

	@Test
	void aWakeDuringATurnIsFollowedByAnother() {
		CountDownLatch go = new CountDownLatch(1);
		this.work = () -> Mono.fromRunnable(() -> await(go));
		this.loop.start();
		pass(SECOND);
		awaitTurns(1);

		assertThat(this.loop.wake()).isFalse();
		go.countDown();

		await(() -> {
			this.time.advanceTime();
			return this.turns.get() == 2;
		}, Duration.ZERO);
	}

	@Test
	void whatWakesItShortlyAfterATurnBeganIsDoneTogether() {
		Loop spaced = spaced();

		assertThat(spaced.wake()).isTrue();
		awaitIdle(spaced);
		assertThat(spaced.wake()).isFalse();
		assertThat(spaced.wake()).isFalse();
		pass(Duration.ofMillis(49));
		assertThat(this.turns).hasValue(2);

		pass(Duration.ofMillis(1));
		awaitTurns(3);
		awaitIdle(spaced);
		pass(Duration.ofMillis(999));
		assertThat(this.turns).hasValue(3);
		spaced.stop();
	}

	@Test
	void doesNotWaitForMoreOnceItIsKnownThatThereIsWork() {
		Loop spaced = spaced();
		spaced.wake();
		awaitIdle(spaced);
		assertThat(spaced.wake()).isFalse();

		assertThat(spaced.wakeAtOnce()).isTrue();

		awaitTurns(3);
		awaitIdle(spaced);
		assertThat(spaced.wake()).isFalse();
		spaced.stop();
	}

	@Test
	void aTurnThatFollowsAnotherAtOnceWaitsForNothing() {
		CountDownLatch go = new CountDownLatch(1);
		Loop spaced = spaced();
		this.work = () -> Mono.fromRunnable(() -> await(go));
		spaced.wake();
		awaitTurns(2);
		spaced.wakeAtOnce();

		go.countDown();

		await(() -> {
			this.time.advanceTime();
			return this.turns.get() == 3;
		}, Duration.ZERO);
		spaced.stop();
	}

	/** Its turns are 50 ms apart; the first is over for a second. */
	private Loop spaced() {
		Loop spaced = this.loops.make(plan("spaced").apart(Duration.ofMillis(50)), () -> {
			this.turns.incrementAndGet();
			return this.work.get();
		});
		spaced.start();
		pass(Duration.ZERO);
		awaitTurns(1);
		awaitIdle(spaced);
		pass(Duration.ofMillis(999));
		return spaced;
	}

	@Test
	void finishesWithTheTurnThatItIsAtAndOneForWhatWokeItMeanwhile() {
		CountDownLatch go = new CountDownLatch(1);
		CountDownLatch finished = new CountDownLatch(1);
		this.work = () -> Mono.fromRunnable(() -> await(go));
		this.loop.start();
		pass(SECOND);
		awaitTurns(1);
		this.loop.wake();

		this.loop.finish(finished::countDown);

		assertThat(finished.getCount()).isOne();
		go.countDown();
		await(finished);
		assertThat(this.turns).hasValue(2);
	}

	@Test
	void cancelsTheTurnThatItIsAtWhenItStopsAndCanStartAgain() {
		AtomicBoolean cancelled = new AtomicBoolean();
		this.work = () -> Mono.never().doOnCancel(() -> cancelled.set(true));
		this.loop.start();
		pass(SECOND);
		awaitTurns(1);

		this.loop.stop();

		await(cancelled::get, Duration.ZERO);
		pass(Duration.ofMinutes(5));
		assertThat(this.turns).hasValue(1);
		assertThat(late()).isNull();
		this.work = Mono::empty;
		this.loop.start();
		awaitGood();
	}

	private void goesOnAfter(Supplier<Mono<?>> failing) {
		this.work = failing;
		this.loop.start();
		await(() -> late() != null);

		this.work = Mono::empty;

		awaitGood();
	}

	private Loop loop(String name) {
		return this.loops.make(plan(name), () -> {
			this.turns.incrementAndGet();
			return this.work.get();
		});
	}

	private static LoopPlan plan(String name) {
		return LoopPlan.every(SECOND, name, "What it does is not done");
	}

	private String late() {
		return this.loops.late((plan) -> true).get("tested");
	}

	private void awaitGood() {
		int before = this.turns.get();
		await(() -> late() == null && this.turns.get() > before + 2);
	}

	private void awaitTurns(int number) {
		await(() -> this.turns.get() >= number, Duration.ZERO);
	}

	private void awaitIdle() {
		awaitIdle(this.loop);
	}

	private void awaitIdle(Loop loop) {
		await(loop::isIdle, Duration.ZERO);
	}

	private void await(BooleanSupplier condition) {
		await(condition, SECOND);
	}

	/** Lets time pass until something holds. */
	private void await(BooleanSupplier condition, Duration step) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
			pass(step);
			return condition.getAsBoolean();
		});
	}

	private void pass(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitWhatever(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			Thread.onSpinWait();
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
		throw (T) failure;
	}

}
