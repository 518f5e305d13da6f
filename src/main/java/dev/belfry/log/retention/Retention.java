package dev.belfry.log.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

import dev.belfry.buckets.BucketShare;
import dev.belfry.buckets.Buckets;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes from time to time whatever has been kept long enough, by the database's clock
 * and by the node's; of the accounts of this node's buckets.
 */
@Component
public class Retention {

	private static final Duration LONGEST_RUN = Duration.ofHours(1);

	/**
	 * What is removed does not come back, so a clock that is ahead is not believed alone.
	 */
	private static final Query<Instant> NOW = Query.of("select least(clock_timestamp(), $1) as now",
			(row) -> Rows.instant(row, "now"));

	private final Map<Expiry, RetentionBacklog> backlogs = new LinkedHashMap<>();

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final BucketShare share;

	Retention(List<Expiry> all, SystemDatabase system, AccountDatabase database, Buckets buckets, MeterRegistry metrics,
			RetentionSettings settings, Loops loops) {
		this.share = buckets.join("retention");
		this.system = system;
		this.database = database;
		all.forEach((expiry) -> this.backlogs.put(expiry, RetentionBacklog.measured(expiry, metrics)));
		loops.run(LoopPlan
			.every(settings.interval(), "retention", "Retention did not come to its end; the next run tries again")
			.first(settings.initialDelay())
			.within(LONGEST_RUN), this::remove);
	}

	/** Removes all that is due, one kind after the other, also if one fails. */
	public Mono<Void> remove() {
		return this.system.one(NOW, Instant.now())
			.flatMapMany((now) -> Flux.fromIterable(this.backlogs.keySet())
				.concatMapDelayError((expiry) -> remove(expiry, now)))
			.then();
	}

	/**
	 * Removes what is due of a kind by then, and answers how much that was.
	 */
	public Mono<Long> remove(Expiry expiry, Instant now) {
		return Mono.defer(() -> {
			RetentionBacklog backlog = Objects.requireNonNull(this.backlogs.get(expiry));
			return new RetentionRun(expiry, now, this.share.mine(), backlog, this.system, this.database).run();
		});
	}

}
