package dev.belfry.work;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How much of a node is for work that accounts choose.
 *
 * @param threads how many threads do it; 0: as many as there are processors, and two at
 * least
 */
@ConfigurationProperties("belfry.work")
record WorkSettings(@DefaultValue("0") int threads) {

	private static final int MOST_THREADS = 256;

	WorkSettings {
		StartRefused.unless(threads >= 0 && threads <= MOST_THREADS, "belfry.work.threads is " + threads + ".",
				"Set it to a number from 1 to " + MOST_THREADS + ", or to 0 for as many as there are processors.");
	}

	int size() {
		return (this.threads > 0) ? this.threads : Math.max(2, Runtime.getRuntime().availableProcessors());
	}

}
