package dev.belfry.buckets;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How background work is shared out among nodes.
 *
 * @param lease how long a node keeps its buckets without a word of it: when it died, the
 * others take them over then. The same on all nodes
 */
@ConfigurationProperties("belfry.buckets")
record BucketSettings(@DefaultValue("5s") Duration lease) {

	private static final Duration SHORTEST = Duration.ofMillis(500);

	private static final Duration LONGEST = Duration.ofMinutes(10);

	private static final Duration LONGEST_BEAT = Duration.ofMillis(500);

	BucketSettings {
		StartRefused.unless(lease.compareTo(SHORTEST) >= 0 && lease.compareTo(LONGEST) <= 0,
				"belfry.buckets.lease is " + lease + ".", "Set it to a time from 500ms to 10m, for example 5s.");
	}

	/** How often the lease is renewed. */
	Duration beat() {
		Duration beat = this.lease.dividedBy(5);
		return (beat.compareTo(LONGEST_BEAT) < 0) ? beat : LONGEST_BEAT;
	}

}
