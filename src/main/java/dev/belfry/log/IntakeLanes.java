package dev.belfry.log;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import dev.belfry.accounts.AccountId;
import reactor.core.publisher.Mono;

/**
 * The way into a log. Calls of one account that come while one is under way wait for it
 * and then go together: one connection and one transaction an account at a time.
 *
 * @param <B> an item of a call
 * @param <R> what became of an item
 */
public final class IntakeLanes<B, R> {

	private final BiFunction<AccountId, List<B>, Mono<List<R>>> log;

	private final ConcurrentHashMap<AccountId, IntakeLane<B, R>> lanes = new ConcurrentHashMap<>();

	/**
	 * Lanes that lead to what logs items of an account in one transaction, and answers
	 * for each in their order.
	 */
	public IntakeLanes(BiFunction<AccountId, List<B>, Mono<List<R>>> log) {
		this.log = log;
	}

	/** Logs the items of a call, though its caller may have gone by then. */
	public Mono<List<R>> enter(AccountId account, List<B> batch) {
		IntakeLane.Call<B, R> call = new IntakeLane.Call<>(batch);
		this.lanes.compute(account, (key, lane) -> {
			IntakeLane<B, R> open = (lane != null) ? lane : new IntakeLane<>();
			open.add(call);
			return open;
		});
		next(account, false);
		return call.answer();
	}

	/**
	 * Starts the next transaction of an account, or forgets the lane when nobody waits.
	 */
	private void next(AccountId account, boolean finished) {
		AtomicReference<IntakeLane.Turn<B, R>> turn = new AtomicReference<>();
		this.lanes.computeIfPresent(account, (key, lane) -> {
			turn.set(lane.take(finished));
			return lane.isIdle() ? null : lane;
		});
		if (turn.get() != null) {
			turn.get().run((batch) -> this.log.apply(account, batch)).subscribe(null, null, () -> next(account, true));
		}
	}

}
