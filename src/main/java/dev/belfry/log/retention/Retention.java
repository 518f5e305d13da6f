package dev.belfry.log.retention;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.belfry.buckets.BucketShare;
import dev.belfry.buckets.Buckets;
import dev.belfry.database.connections.Outages;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.store.Transactions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes from time to time whatever has been kept long enough, by the database's clock
 * and by the node's; of the accounts of this node's buckets.
 */
@Component
public class Retention {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	/**
	 * What is removed does not come back, so a clock that is ahead is not believed alone.
	 */
	private static final Query<Instant> NOW = Query.of("select least(clock_timestamp(), $1) as now",
			(row) -> Rows.instant(row, "now"));

	private final Map<Expiry, RetentionBacklog> backlogs = new LinkedHashMap<>();

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final Transactions transactions;

	private final BucketShare share;

	private final AtomicBoolean running = new AtomicBoolean();

	Retention(List<Expiry> all, SystemDatabase system, AccountDatabase database, Transactions transactions,
			Buckets buckets, MeterRegistry metrics) {
		this.share = buckets.join("retention", () -> {
		});
		this.system = system;
		this.database = database;
		this.transactions = transactions;
		all.forEach((expiry) -> this.backlogs.put(expiry, RetentionBacklog.measured(expiry, metrics)));
	}

	@Scheduled(initialDelayString = "${belfry.retention.initial-delay:1m}",
			fixedDelayString = "${belfry.retention.interval:15m}")
	void run() {
		if (this.running.compareAndSet(false, true)) {
			remove().doFinally((signal) -> this.running.set(false)).subscribe();
		}
	}

	/** Removes all that is due, one kind after the other. Never fails. */
	public Mono<Void> remove() {
		return this.system.one(NOW, Instant.now())
			.flatMapMany((now) -> Flux.fromIterable(this.backlogs.keySet()).concatMap((expiry) -> remove(expiry, now)))
			.then()
			.onErrorResume((problem) -> {
				Outages.report(log, "Retention could not start; the next run tries again", problem);
				return Mono.empty();
			});
	}

	/**
	 * Removes what is due of a kind by then, and answers how much that was. Never fails.
	 */
	public Mono<Long> remove(Expiry expiry, Instant now) {
		return Mono.defer(() -> {
			RetentionBacklog backlog = Objects.requireNonNull(this.backlogs.get(expiry));
			return new RetentionRun(expiry, now, this.share.mine(), backlog, this.system, this.database,
					this.transactions)
				.run();
		});
	}

}
