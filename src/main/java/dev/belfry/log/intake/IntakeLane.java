package dev.belfry.log.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The calls of one account that wait for intake. Guarded by the map that holds it.
 *
 * @param <B> an item of a call
 * @param <R> what became of an item
 */
final class IntakeLane<B, R> {

	private final long most;

	private final Deque<Call<B, R>> waiting = new ArrayDeque<>();

	private boolean busy;

	/**
	 * An empty one.
	 * @param most what the calls of one transaction may weigh, if it is not a single one
	 */
	IntakeLane(long most) {
		this.most = most;
	}

	void add(Call<B, R> call) {
		this.waiting.add(call);
	}

	/** The calls of the next transaction, if none is under way and somebody waits. */
	@Nullable Round<B, R> take(boolean finished) {
		this.busy = this.busy && !finished;
		if (this.busy || this.waiting.isEmpty()) {
			return null;
		}
		this.busy = true;
		List<Call<B, R>> calls = new ArrayList<>(List.of(this.waiting.remove()));
		long weight = calls.get(0).weight();
		while (!this.waiting.isEmpty() && weight + this.waiting.element().weight() <= this.most) {
			weight += this.waiting.element().weight();
			calls.add(this.waiting.remove());
		}
		return new Round<>(calls);
	}

	boolean isIdle() {
		return !this.busy && this.waiting.isEmpty();
	}

	/** A caller's batch, and where its answer goes. */
	record Call<B, R>(List<B> batch, long weight, Sinks.One<List<R>> sink) {

		Call(List<B> batch, long weight) {
			this(batch, weight, Sinks.one());
		}

		Mono<List<R>> answer() {
			return this.sink.asMono();
		}

		void answer(List<R> results) {
			this.sink.tryEmitValue(results);
		}

		void fail(Throwable problem) {
			this.sink.tryEmitError(problem);
		}

	}

	/** Calls that go together. Completes when each has its answer, and never fails. */
	record Round<B, R>(List<Call<B, R>> calls) {

		Mono<Void> run(Function<List<B>, Mono<List<R>>> log) {
			List<B> merged = this.calls.stream().flatMap((call) -> call.batch().stream()).toList();
			return log.apply(merged).doOnNext(this::answer).then().onErrorResume((problem) -> recover(problem, log));
		}

		/** Whoever has no answer yet is told why. */
		void fail(Throwable problem) {
			this.calls.forEach((call) -> call.fail(problem));
		}

		private void answer(List<R> results) {
			int from = 0;
			for (Call<B, R> call : this.calls) {
				int to = from + call.batch().size();
				call.answer(List.copyOf(results.subList(from, to)));
				from = to;
			}
		}

		/**
		 * An error in the data of one call must not fail the others: each call is tried
		 * alone.
		 */
		private Mono<Void> recover(Throwable problem, Function<List<B>, Mono<List<R>>> log) {
			if (this.calls.size() == 1 || !isAboutData(problem)) {
				fail(problem);
				return Mono.empty();
			}
			return Flux.fromIterable(this.calls).concatMap((call) -> new Round<>(List.of(call)).run(log)).then();
		}

		private static boolean isAboutData(Throwable problem) {
			for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
				if (cause instanceof R2dbcException refused && refused.getSqlState() != null) {
					return refused.getSqlState().matches("(22|23|54).*");
				}
			}
			return false;
		}

	}

}
