package dev.belfry.log.intake;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

import dev.belfry.viewer.AccountId;
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

	private final ToLongFunction<B> weight;

	private final long most;

	private final ConcurrentHashMap<AccountId, IntakeLane<B, R>> lanes = new ConcurrentHashMap<>();

	/**
	 * Lanes that lead to what logs items of an account in one transaction, and answers
	 * for each in their order.
	 * @param weight what an item weighs
	 * @param most what the calls that go together may weigh
	 */
	public IntakeLanes(BiFunction<AccountId, List<B>, Mono<List<R>>> log, ToLongFunction<B> weight, long most) {
		this.log = log;
		this.weight = weight;
		this.most = most;
	}

	/** Logs the items of a call, though its caller may have gone by then. */
	public Mono<List<R>> enter(AccountId account, List<B> batch) {
		IntakeLane.Call<B, R> call = new IntakeLane.Call<>(batch, batch.stream().mapToLong(this.weight).sum());
		this.lanes.compute(account, (key, lane) -> {
			IntakeLane<B, R> open = (lane != null) ? lane : new IntakeLane<>(this.most);
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
		AtomicReference<IntakeLane.Round<B, R>> round = new AtomicReference<>();
		this.lanes.computeIfPresent(account, (key, lane) -> {
			round.set(lane.take(finished));
			return lane.isIdle() ? null : lane;
		});
		if (round.get() != null) {
			round.get().run((batch) -> this.log.apply(account, batch)).subscribe(null, null, () -> next(account, true));
		}
	}

}
