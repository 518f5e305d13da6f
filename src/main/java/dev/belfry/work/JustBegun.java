package dev.belfry.work;

import reactor.core.publisher.Mono;

/**
 * An operation that has just begun, and counts as one that needs a processor; in
 * Reactor's context under this class. It counts no more once it says that it waits for
 * others, so that those can begin for which it waits, or which go together with it.
 */
public interface JustBegun {

	/** Says that the operation waits, if there is one. */
	static <T> Mono<T> waits(Mono<T> answer) {
		return Mono.deferContextual((context) -> {
			context.<JustBegun>getOrEmpty(JustBegun.class).ifPresent(JustBegun::waits);
			return answer;
		});
	}

	/** It waits now; once or more often. */
	void waits();

}
