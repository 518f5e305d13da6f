package dev.belfry.graphql.relay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import reactor.core.publisher.Mono;

/**
 * Items that are shown together: what one of them is asked for is read once for all, when
 * the first of them is asked for it. It does the work of a data loader, and leaves
 * nothing behind in a long subscription.
 */
public final class Together<T> {

	private final List<T> items;

	private final Map<Object, Mono<?>> read = new ConcurrentHashMap<>();

	public Together(List<T> items) {
		this.items = items;
	}

	/**
	 * What is read for all of them.
	 * @param what is read, equal whenever it is the same
	 */
	@SuppressWarnings("unchecked")
	public <R> Mono<R> read(Object what, Function<List<T>, Mono<R>> load) {
		return (Mono<R>) this.read.computeIfAbsent(what, (absent) -> Mono.defer(() -> load.apply(this.items)).cache());
	}

}
