package dev.belfry.work;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How much of a node is for work that accounts choose.
 *
 * @param threads how many threads do it; 0: as many as there are processors, and two at
 * least
 * @param largeStatements how many statements that hand much to the database run at a
 * time; 0: as many as there are processors
 */
@ConfigurationProperties("belfry.work")
record WorkSettings(@DefaultValue("0") int threads, @DefaultValue("0") int largeStatements) {

	private static final int MOST_THREADS = 256;

	WorkSettings {
		StartRefused.unless(threads >= 0 && threads <= MOST_THREADS, "belfry.work.threads is " + threads + ".",
				"Set it to a number from 1 to " + MOST_THREADS + ", or to 0 for as many as there are processors.");
		StartRefused.unless(largeStatements >= 0, "belfry.work.large-statements is " + largeStatements + ".",
				"Set it to a number above zero, or to 0 for as many as there are processors.");
	}

	int size() {
		return (this.threads > 0) ? this.threads : Math.max(2, Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Some are left for who comes now and then, and so is a part of the processors, which
	 * event loops need.
	 */
	FairQueue.Shares shares() {
		int size = size();
		return new FairQueue.Shares(Math.max(1, size - 1), Math.max(1, size / 2), Math.max(1, size / 2), Duration.ZERO);
	}

	/**
	 * One account has no more than half of them, and so have all together that used much
	 * of late. Who waits is not refused.
	 */
	FairGate.Bounds largeBounds() {
		int all = (this.largeStatements > 0) ? this.largeStatements : Runtime.getRuntime().availableProcessors();
		int half = Math.max(1, all / 2);
		return new FairGate.Bounds(all, half, half, half, Duration.ZERO, Integer.MAX_VALUE, Duration.ZERO,
				Duration.ZERO);
	}

}
