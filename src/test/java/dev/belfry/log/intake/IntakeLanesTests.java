package dev.belfry.log.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.junit.jupiter.api.Test;

import dev.belfry.viewer.AccountId;
import dev.belfry.work.JustBegun;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Calls of one account take turns, and those that wait go together. */
class IntakeLanesTests {

	private static final AccountId ACCOUNT = new AccountId(1);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<List<String>> logged = new ArrayList<>();

	private final Queue<Sinks.Empty<Void>> running = new ArrayDeque<>();

	private final IntakeLanes<String, String> lanes = new IntakeLanes<>(this::log, String::length, 6);

	@Test
	void logsTogetherWhatCameMeanwhileUpToItsWeight() {
		List<CompletableFuture<List<String>>> answers = List.of(enter("a"), enter("bb", "bb"), enter("cc"), enter("d"),
				enter("too-long"), enter("e"));
		assertThat(this.logged).containsExactly(List.of("a"));

		finish(3);

		assertThat(this.logged).containsExactly(List.of("a"), List.of("bb", "bb", "cc"), List.of("d"),
				List.of("too-long"));
		finish(1);
		assertThat(this.logged).endsWith(List.of("e"));
		finish(1);
		assertThat(answers).extracting(CompletableFuture::join)
			.containsExactly(List.of("a!"), List.of("bb!", "bb!"), List.of("cc!"), List.of("d!"), List.of("too-long!"),
					List.of("e!"));
	}

	/** So that others can begin, and go with it. */
	@Test
	void sayOfACallBehindAnotherThatItWaits() {
		List<String> waiting = new ArrayList<>();
		for (String call : List.of("a", "b")) {
			this.lanes.enter(ACCOUNT, List.of(call))
				.contextWrite(Context.of(JustBegun.class, (JustBegun) () -> waiting.add(call)))
				.subscribe();
		}

		assertThat(waiting).containsExactly("b");
	}

	@Test
	void logsALongCallInSeveralTransactionsAndOthersBetweenThem() {
		CompletableFuture<List<String>> all = enter("aaaa", "bb", "cccc", "dddd");
		CompletableFuture<List<String>> other = enter("e");

		finish(3);

		assertThat(this.logged).containsExactly(List.of("aaaa", "bb"), List.of("e", "cccc"), List.of("dddd"));
		assertThat(all.join()).containsExactly("aaaa!", "bb!", "cccc!", "dddd!");
		assertThat(other.join()).containsExactly("e!");
	}

	/** What comes later in a call never stands before what came earlier. */
	@Test
	void logsNoMoreOfACallOnceATransactionOfItHasFailed() {
		CompletableFuture<List<String>> all = enter("aaaa", "lost", "cccc");

		finish(2);

		assertThat(this.logged).containsExactly(List.of("aaaa"), List.of("lost"));
		assertThat(all).isCompletedExceptionally();
	}

	@Test
	void letsOtherAccountsGoTheirWay() {
		enter("a");
		this.lanes.enter(new AccountId(2), List.of("b")).subscribe();

		assertThat(this.logged).containsExactly(List.of("a"), List.of("b"));
	}

	@Test
	void failsOnlyTheCallWhoseDataIsAtFault() {
		enter("a");
		CompletableFuture<List<String>> good = enter("b");
		CompletableFuture<List<String>> bad = enter("bad");

		finish(4);

		assertThat(this.logged).containsExactly(List.of("a"), List.of("b", "bad"), List.of("b"), List.of("bad"));
		assertThat(good.join()).containsExactly("b!");
		assertThat(bad).isCompletedExceptionally();
	}

	/** Reactor throws what is fatal at whoever subscribes. */
	@Test
	void goesOnAfterAFatalError() {
		Queue<Error> errors = new ArrayDeque<>(List.of(new OutOfMemoryError("a test")));
		IntakeLanes<String, String> fatal = new IntakeLanes<>((account, batch) -> Mono.fromCallable(() -> {
			if (!errors.isEmpty()) {
				throw errors.remove();
			}
			return batch;
		}), String::length, 6);

		assertThatExceptionOfType(OutOfMemoryError.class)
			.isThrownBy(() -> fatal.enter(ACCOUNT, List.of("a")).subscribe());

		assertThat(fatal.enter(ACCOUNT, List.of("b")).block(PATIENCE)).containsExactly("b");
	}

	/** On another thread it ends that alone, and nobody hears of it. */
	@Test
	void goesOnAfterWhatNeverEnds() {
		Queue<Mono<List<String>>> works = new ArrayDeque<>(List.of(Mono.never(), Mono.just(List.of("b"))));
		IntakeLanes<String, String> lost = new IntakeLanes<>((account, batch) -> works.remove(), String::length, 6,
				Duration.ofMillis(20));
		Mono<List<String>> first = lost.enter(ACCOUNT, List.of("a"));
		Mono<List<String>> second = lost.enter(ACCOUNT, List.of("b"));

		assertThat(first.toFuture()).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(TimeoutException.class);
		assertThat(second.block(PATIENCE)).containsExactly("b");
	}

	@Test
	void failsAllWhoWentTogetherWhenTheDatabaseDoesNotAnswer() {
		enter("a");
		List<CompletableFuture<List<String>>> lost = List.of(enter("b"), enter("lost"));

		finish(2);

		assertThat(this.logged).hasSize(2);
		assertThat(lost).allMatch(CompletableFuture::isCompletedExceptionally);
		CompletableFuture<List<String>> next = enter("c");
		finish(1);
		assertThat(next.join()).containsExactly("c!");
	}

	private CompletableFuture<List<String>> enter(String... items) {
		return this.lanes.enter(ACCOUNT, List.of(items)).toFuture();
	}

	private void finish(int transactions) {
		for (int i = 0; i < transactions; i++) {
			this.running.remove().tryEmitEmpty();
		}
	}

	private Mono<List<String>> log(AccountId account, List<String> batch) {
		Sinks.Empty<Void> end = Sinks.empty();
		this.logged.add(batch);
		this.running.add(end);
		return end.asMono().then(Mono.defer(() -> result(batch)));
	}

	private static Mono<List<String>> result(List<String> batch) {
		if (batch.contains("bad")) {
			return Mono.error(new R2dbcDataIntegrityViolationException("bad", "23505"));
		}
		if (batch.contains("lost")) {
			return Mono.error(new R2dbcTimeoutException("lost"));
		}
		return Mono.just(batch.stream().map((item) -> item + "!").toList());
	}

}
