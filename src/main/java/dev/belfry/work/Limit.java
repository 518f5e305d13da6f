package dev.belfry.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A limit that one account can meet and others do not. Counts what it refuses, and says
 * in the log when it begins to bite somebody, once until it has not done so for a while.
 */
public final class Limit {

	/** After so long without a refusal the next is worth a line again. */
	private static final Duration QUIET = Duration.ofMinutes(1);

	private static final int MOST_REMEMBERED = 10_000;

	private static final Logger log = LoggerFactory.getLogger(Limit.class);

	private final String name;

	private final Counter refused;

	private final Cache<String, AtomicBoolean> bitten = Caffeine.newBuilder()
		.maximumSize(MOST_REMEMBERED)
		.expireAfterAccess(QUIET)
		.build();

	/**
	 * A limit by its name in {@code belfry.limits.refused{limit}} and in the log.
	 */
	public Limit(String name, MeterRegistry meters) {
		this.name = name;
		this.refused = Counter.builder("belfry.limits.refused")
			.tag("limit", name)
			.description("What a limit refused")
			.register(meters);
	}

	/** It has refused something to somebody. */
	public void bites(String whom) {
		this.refused.increment();
		if (this.bitten.get(whom, (fresh) -> new AtomicBoolean()).compareAndSet(false, true)) {
			log.warn("The limit of {} refuses work of {}", this.name, whom);
		}
	}

}
