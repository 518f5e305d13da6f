package dev.belfry.store;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;
import dev.belfry.work.FairGate;

/**
 * How the pool of connections is shared out.
 *
 * @param requestConnections how many the requests of all accounts may have at a time; 0:
 * three quarters of the pool
 * @param accountConnections how many the requests of one account may have at a time; 0:
 * an eighth of the pool, and at least two; if they were busy for much of the last second
 * with statements of more than 10 ms, a quarter of that, and at least one
 * @param accountWaiting how many statements of one account's requests may wait for one
 * @param longestWait how long they may wait
 */
@ConfigurationProperties("belfry.database")
record ShareSettings(@DefaultValue("0") int requestConnections, @DefaultValue("0") int accountConnections,
		@DefaultValue("1000") int accountWaiting, @DefaultValue("10s") Duration longestWait) {

	/** Most statements take less. */
	private static final Duration QUICK = Duration.ofMillis(10);

	ShareSettings {
		StartRefused.ifNegative("belfry.database.request-connections", requestConnections);
		StartRefused.ifNegative("belfry.database.account-connections", accountConnections);
		StartRefused.ifNegative("belfry.database.account-waiting", accountWaiting);
		StartRefused.unlessPositive("belfry.database.longest-wait", longestWait);
	}

	FairGate.Bounds bounds(int pool) {
		int all = (this.requestConnections > 0) ? this.requestConnections : Math.max(1, pool * 3 / 4);
		int ofOne = (this.accountConnections > 0) ? this.accountConnections : Math.max(2, pool / 8);
		return new FairGate.Bounds(all, Math.min(all, ofOne), Math.max(1, ofOne / 4), all, QUICK, this.accountWaiting,
				this.longestWait, this.longestWait);
	}

}
