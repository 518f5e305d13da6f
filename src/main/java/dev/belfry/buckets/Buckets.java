package dev.belfry.buckets;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
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

	/** A statement that takes longer has been ended by the connection. */
	private static final Duration LONGEST_BEAT = Duration.ofSeconds(15);

	private static final Query<Map.Entry<String, Boolean[]>> LEASE = Query.of(
			"select work, mine from lease_buckets($1, $2, make_interval(secs => $3::float8))",
			(row) -> Map.entry(Rows.text(row, "work"), Rows.get(row, "mine", Boolean[].class)));

	private static final String RELEASE = "select release_buckets($1)";

	private final String node = UUID.randomUUID().toString();

	private final List<BucketShare> shares = new CopyOnWriteArrayList<>();

	private final SystemDatabase system;

	private final BucketSettings settings;

	private final MeterRegistry metrics;

	private final Loop beats;

	Buckets(SystemDatabase system, BucketSettings settings, MeterRegistry metrics, Loops loops) {
		this.system = system;
		this.settings = settings;
		this.metrics = metrics;
		this.beats = loops.make(LoopPlan
			.every(settings.beat(), "buckets",
					"The buckets of this node could not be leased; its background work waits")
			.first(settings.beat())
			.within(LONGEST_BEAT), this::beat);
	}

	/** This node does a kind of work from now on, and looks for it by itself. */
	public BucketShare join(String work) {
		return join(work, () -> {
		});
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

	/** Renews the leases. */
	Mono<Void> beat() {
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
		beat().timeout(this.settings.lease(), Mono.empty()).onErrorComplete().block();
		this.beats.start();
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable stopped) {
		if (!this.beats.isRunning()) {
			stopped.run();
			return;
		}
		this.beats.stop();
		this.shares.forEach(BucketShare::release);
		this.system.update(RELEASE, this.node).onErrorComplete().doFinally((signal) -> stopped.run()).subscribe();
	}

	@Override
	public boolean isRunning() {
		return this.beats.isRunning();
	}

	/** Before those who do the work start, and after they have stopped. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

}
