package dev.belfry.graphql.admission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.graphql.ExecutionGraphQlResponse;

import dev.belfry.graphql.errors.Failures;
import reactor.core.publisher.Mono;

/**
 * Answers those slowly who are refused again and again and do not wait: else refusing
 * them would be most of what a node does. The first refusals come at once.
 */
final class SlowRefusals {

	/** So many of somebody come at once, until there was none for a while. */
	private static final int AT_ONCE = 20;

	/** In characters. */
	private static final int LONG_DOCUMENT = 4_000;

	private static final Duration A_WHILE = Duration.ofSeconds(1);

	/** So many answers are held back at a time, and no more. */
	private static final int MOST_HELD = 2_000;

	private final Duration delay;

	private final Cache<String, AtomicInteger> refused = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterAccess(A_WHILE)
		.build();

	private final AtomicInteger held = new AtomicInteger();

	SlowRefusals(Duration delay) {
		this.delay = delay;
	}

	/**
	 * Whether nothing was done: it was too much just now, or the document is long, and
	 * was read only to be refused.
	 */
	static boolean isRefused(String document, ExecutionGraphQlResponse response) {
		return response.getData() == null
				&& (document.length() > LONG_DOCUMENT || Failures.tooMuch(response).isPresent());
	}

	/** A refusal, when it is time for it. */
	<T> Mono<T> answer(String who, T refusal) {
		int times = this.refused.get(who, (fresh) -> new AtomicInteger()).incrementAndGet();
		return (times <= AT_ONCE || this.held.get() >= MOST_HELD) ? Mono.just(refusal) : Mono.defer(() -> {
			this.held.incrementAndGet();
			return Mono.delay(this.delay).thenReturn(refusal).doFinally((signal) -> this.held.decrementAndGet());
		});
	}

}
