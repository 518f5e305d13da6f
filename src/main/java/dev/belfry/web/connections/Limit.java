package dev.belfry.web.connections;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A limit on connections, by its setting: counts what it refuses, and says so in the log
 * when it begins to, once.
 */
public final class Limit {

	private static final Logger log = LoggerFactory.getLogger(Limit.class);

	/** After so long without a refusal the next one is a beginning again. */
	private static final long OVER = Duration.ofMinutes(1).toNanos();

	private final String setting;

	private final String value;

	private final Counter refusals;

	private final AtomicLong last = new AtomicLong(System.nanoTime() - OVER);

	/**
	 * Of a setting below {@code belfry}.
	 * @param value as people read it
	 */
	public Limit(String setting, Object value, MeterRegistry metrics) {
		this.setting = setting;
		this.value = String.valueOf(value);
		this.refusals = Counter.builder("belfry.connections.refused")
			.description("Connections, requests and operations that a limit on connections refused or cut")
			.tag("limit", setting)
			.register(metrics);
	}

	public void refused() {
		this.refusals.increment();
		long now = System.nanoTime();
		if (now - this.last.getAndSet(now) >= OVER) {
			log.warn("The limit belfry.{} ({}) refuses or cuts connections. This is said once; "
					+ "the metric belfry.connections.refused counts on", this.setting, this.value);
		}
	}

	/** As an error names it. */
	String words() {
		return this.value + " (belfry." + this.setting + ")";
	}

}
