package dev.belfry.log.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import dev.belfry.log.retention.Expiry.Due;
import dev.belfry.viewer.AccountId;

/**
 * Which accounts have something to remove of a kind, as this node has seen it, and since
 * when. It grows older by itself, so that a retention which stands still is seen.
 */
final class RetentionBacklog {

	private final Map<AccountId, Instant> due = new ConcurrentHashMap<>();

	/** When all accounts were looked at last, by the database's clock and by ours. */
	private volatile Look look = new Look(Instant.now(), System.nanoTime());

	private RetentionBacklog() {
	}

	static RetentionBacklog measured(Expiry expiry, MeterRegistry metrics) {
		RetentionBacklog backlog = new RetentionBacklog();
		Gauge.builder("belfry.retention.lag", backlog, (own) -> own.lag().toMillis() / 1_000.0)
			.description("How long the oldest item that retention is to remove has been due")
			.baseUnit("seconds")
			.tag("of", expiry.name())
			.register(metrics);
		return backlog;
	}

	/**
	 * Notes what a look at all accounts has found. What was due before and still is stays
	 * due since then.
	 */
	void found(Collection<Due> found, Instant now) {
		Set<AccountId> accounts = found.stream().map(Due::account).collect(Collectors.toSet());
		this.due.keySet().retainAll(accounts);
		found.forEach((each) -> this.due.merge(each.account(), each.since(),
				(known, fresh) -> known.isBefore(fresh) ? known : fresh));
		this.look = new Look(now, System.nanoTime());
	}

	/** Nothing of an account is due any more. */
	void done(AccountId account) {
		this.due.remove(account);
	}

	/** Never negative. */
	Duration lag() {
		Look last = this.look;
		Instant oldest = this.due.values().stream().min(Instant::compareTo).orElse(last.now());
		Duration before = Duration.between(oldest, last.now());
		return (before.isNegative() ? Duration.ZERO : before).plusNanos(System.nanoTime() - last.nanos());
	}

	private record Look(Instant now, long nanos) {
	}

}
