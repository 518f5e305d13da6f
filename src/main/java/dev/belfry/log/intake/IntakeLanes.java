package dev.belfry.log.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

import dev.belfry.store.Transactions;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.JustBegun;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The way into a log. Calls of one account that come while one is under way wait for it
 * and then go together, up to a weight: one connection and one transaction an account at
 * a time.
 *
 * @param <B> an item of a call
 * @param <R> what became of an item
 */
public final class IntakeLanes<B, R> {

	/** Longer than statements take that are given up themselves. */
	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final BiFunction<AccountId, List<B>, Mono<List<R>>> log;

	private final ToLongFunction<B> weight;

	private final long most;

	private final Duration limit;

	private final ConcurrentHashMap<AccountId, IntakeLane<B, R>> lanes = new ConcurrentHashMap<>();

	/**
	 * Lanes that lead to what logs items of an account in one transaction, and answers
	 * for each in their order.
	 * @param weight what an item weighs
	 * @param most what the items of a transaction may weigh, if it is not a single one
	 */
	public IntakeLanes(BiFunction<AccountId, List<B>, Mono<List<R>>> log, ToLongFunction<B> weight, long most) {
		this(log, weight, most, LIMIT);
	}

	IntakeLanes(BiFunction<AccountId, List<B>, Mono<List<R>>> log, ToLongFunction<B> weight, long most,
			Duration limit) {
		this.log = log;
		this.weight = weight;
		this.most = most;
		this.limit = limit;
	}

	/**
	 * Logs the items of a call, though its caller may have gone by then. What weighs more
	 * than a transaction takes comes in several; after one that fails, none follows.
	 */
	public Mono<List<R>> enter(AccountId account, List<B> batch) {
		List<List<B>> portions = portions(batch);
		return (portions.size() == 1) ? enterAtOnce(account, batch)
				: Transactions.detached(Flux.fromIterable(portions)
					.concatMap((portion) -> enterAtOnce(account, portion))
					.flatMapIterable((results) -> results)
					.collectList());
	}

	private List<List<B>> portions(List<B> batch) {
		List<List<B>> portions = new ArrayList<>();
		int from = 0;
		long together = 0;
		for (int i = 0; i < batch.size(); i++) {
			long next = this.weight.applyAsLong(batch.get(i));
			if (i > from && together + next > this.most) {
				portions.add(batch.subList(from, i));
				from = i;
				together = 0;
			}
			together += next;
		}
		portions.add(batch.subList(from, batch.size()));
		return portions;
	}

	private Mono<List<R>> enterAtOnce(AccountId account, List<B> batch) {
		IntakeLane.Call<B, R> call = new IntakeLane.Call<>(batch, batch.stream().mapToLong(this.weight).sum());
		AtomicBoolean behind = new AtomicBoolean();
		this.lanes.compute(account, (key, lane) -> {
			IntakeLane<B, R> open = (lane != null) ? lane : new IntakeLane<>(this.most);
			behind.set(!open.isIdle());
			open.add(call);
			return open;
		});
		next(account, false);
		return behind.get() ? JustBegun.waits(call.answer()) : call.answer();
	}

	/**
	 * Starts the next transaction of an account, or forgets the lane when nobody waits.
	 */
	private void next(AccountId account, boolean finished) {
		AtomicReference<IntakeLane.Round<B, R>> round = new AtomicReference<>();
		this.lanes.computeIfPresent(account, (key, lane) -> {
			round.set(lane.take(finished));
			return lane.isIdle() ? null : lane;
		});
		if (round.get() != null) {
			run(account, round.get());
		}
	}

	/**
	 * Whatever becomes of it, the lane is free again: what is fatal, as if there is no
	 * memory, ends a chain of Reactor's without a signal.
	 */
	private void run(AccountId account, IntakeLane.Round<B, R> round) {
		try {
			round.run((batch) -> this.log.apply(account, batch))
				.timeout(this.limit)
				.subscribe(null, (problem) -> end(account, round, problem), () -> next(account, true));
		}
		catch (Throwable fatal) {
			end(account, round, fatal);
			throw fatal;
		}
	}

	private void end(AccountId account, IntakeLane.Round<B, R> round, Throwable problem) {
		round.fail(problem);
		next(account, true);
	}

}
