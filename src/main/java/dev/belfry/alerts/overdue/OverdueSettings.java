package dev.belfry.alerts.overdue;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How silence is noticed.
 *
 * @param overdueInterval how often jobs that alerts wait for are looked for
 * @param overdueGrace for how long, once Belfry is back, the platform may hand in what it
 * could not meanwhile
 */
@ConfigurationProperties("belfry.alerts")
record OverdueSettings(@DefaultValue("30s") Duration overdueInterval, @DefaultValue("10m") Duration overdueGrace) {

	/** A node that runs says so at least this often. */
	Duration longestPause() {
		return this.overdueInterval.multipliedBy(2);
	}

}
