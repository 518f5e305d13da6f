package dev.belfry.buckets;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Outages;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Leases this node's share of the buckets of accounts, for each kind of work that it
 * does. Whoever works on accounts in the background asks its {@link BucketShare} whose.
 * When a node stops, the others have its buckets within a beat; when it dies, within a
 * beat after its lease. A node that was frozen may work on for a moment beside the one
 * that took over, so each step of the work must bear that.
 */
@Component
@EnableConfigurationProperties(BucketSettings.class)
public class Buckets implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Buckets.class);

	private static final Query<Map.Entry<String, Boolean[]>> LEASE = Query.of(
			"select work, mine from lease_buckets($1, $2, make_interval(secs => $3::float8))",
			(row) -> Map.entry(Rows.text(row, "work"), Rows.get(row, "mine", Boolean[].class)));

	private static final String RELEASE = "select release_buckets($1)";

	private final String node = UUID.randomUUID().toString();

	private final List<BucketShare> shares = new CopyOnWriteArrayList<>();

	private final SystemDatabase system;

	private final BucketSettings settings;

	private final MeterRegistry metrics;

	private volatile @Nullable Disposable beats;

	private volatile boolean failing;

	Buckets(SystemDatabase system, BucketSettings settings, MeterRegistry metrics) {
		this.system = system;
		this.settings = settings;
		this.metrics = metrics;
	}

	/**
	 * This node does a kind of work from now on.
	 * @param gained is run whenever there are more buckets to look at
	 */
	public BucketShare join(String work, Runnable gained) {
		BucketShare share = new BucketShare(work, gained);
		Gauge.builder("belfry.buckets", share, (each) -> List.of(each.mine()).stream().filter((mine) -> mine).count())
			.description("How many of the 256 buckets of accounts this node works on")
			.tag("work", work)
			.register(this.metrics);
		this.shares.add(share);
		return share;
	}

	/** Renews the leases. Never fails. */
	Mono<Void> beat() {
		return lease().doOnSuccess((done) -> this.failing = false).onErrorResume((problem) -> {
			if (!this.failing) {
				Outages.report(log, "The buckets of this node could not be leased; its background work waits", problem);
			}
			this.failing = true;
			return Mono.empty();
		});
	}

	private Mono<Void> lease() {
		long from = System.nanoTime();
		List<BucketShare> all = List.copyOf(this.shares);
		return all.isEmpty() ? Mono.empty() : this.system
			.all(LEASE, this.node, Param.texts(all, BucketShare::work), this.settings.lease().toMillis() / 1e3)
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.doOnNext((mine) -> all.forEach(
					(share) -> share.have(Objects.requireNonNull(mine.get(share.work())), from, this.settings.lease())))
			.then();
	}

	/** Waits for the first lease, so that what starts next finds work. */
	@Override
	public void start() {
		beat().timeout(this.settings.lease(), Mono.empty()).block();
		this.beats = Flux.interval(this.settings.beat())
			.onBackpressureDrop()
			.concatMap((tick) -> beat(), 1)
			.subscribe();
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable stopped) {
		Disposable running = this.beats;
		this.beats = null;
		if (running == null) {
			stopped.run();
			return;
		}
		running.dispose();
		this.shares.forEach(BucketShare::release);
		this.system.update(RELEASE, this.node).onErrorComplete().doFinally((signal) -> stopped.run()).subscribe();
	}

	@Override
	public boolean isRunning() {
		return this.beats != null;
	}

	/** Before those who do the work start, and after they have stopped. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

}
