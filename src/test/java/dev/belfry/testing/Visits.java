package dev.belfry.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.belfry.work.FairGate.Pass;
import reactor.core.publisher.Mono;

/**
 * Many of some accounts who come and leave at once; each fifth goes before it is let in.
 */
public final class Visits {

	private static final int NUMBER = 2_000;

	private static final int ACCOUNTS = 7;

	private Visits() {
	}

	public static List<CompletableFuture<Void>> of(Function<String, Mono<Pass>> entrance) {
		List<CompletableFuture<Void>> visits = new ArrayList<>();
		for (int i = 0; i < NUMBER; i++) {
			CompletableFuture<Void> visit = entrance.apply("account " + i % ACCOUNTS)
				.doOnNext(Pass::leave)
				.onErrorComplete()
				.then()
				.toFuture();
			visits.add(visit);
			if (i % 5 == 0) {
				visit.cancel(true);
			}
		}
		return visits;
	}

}
