package dev.belfry.log;

import java.time.Instant;

import reactor.core.publisher.Mono;

/**
 * What is kept for as long as the account's retention says. Removing it goes in small
 * steps beside the traffic, and any node may do it: two only take turns.
 */
public interface Expiry {

	/** What it is, in the plural, for a person. */
	String name();

	/** Removes all that is due and answers how many that were. */
	Mono<Long> remove(Instant now);

	/**
	 * Repeats a step, which answers how many it removed, until nothing is left, and
	 * answers how many that were.
	 */
	static Mono<Long> inSteps(Mono<Long> step) {
		return step.repeat().takeUntil((removed) -> removed == 0).reduce(0L, Long::sum);
	}

}
