package dev.belfry.loops;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All loops of a node. Each is independent of the others: it has a thread of its own, and
 * the timer that all share only says when.
 */
@Component
@EnableConfigurationProperties(LoopSettings.class)
public class Loops implements SmartLifecycle, MeterBinder, DisposableBean {

	private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

	private final List<Loop> all = new CopyOnWriteArrayList<>();

	/** Those that start and stop with the node, and not with who has made them. */
	private final List<Loop> ofTheNode = new CopyOnWriteArrayList<>();

	private final LoopSettings settings;

	private final KnownOutage outage;

	private final Scheduler timer;

	private final LongSupplier nanos;

	private volatile boolean running;

	/** In nanoseconds; for ever as long as it lasts. */
	private volatile long outageOver = Long.MIN_VALUE;

	@Autowired
	Loops(LoopSettings settings, KnownOutage outage) {
		this(settings, outage, Schedulers.newSingle("loops", true), System::nanoTime);
	}

	Loops(LoopSettings settings, KnownOutage outage, Scheduler timer, LongSupplier nanos) {
		this.settings = settings;
		this.outage = outage;
		this.timer = timer;
		this.nanos = nanos;
	}

	/**
	 * Has a loop that runs as long as the node does.
	 * @param work what a turn does; it may also block
	 */
	public Loop run(LoopPlan plan, Supplier<? extends Mono<?>> work) {
		Loop loop = make(plan, work);
		this.ofTheNode.add(loop);
		return loop;
	}

	/** Has a loop that whoever made it starts and stops. */
	public Loop make(LoopPlan plan, Supplier<? extends Mono<?>> work) {
		Loop loop = new Loop(plan, work, this.timer, this.nanos, thread(plan.name().replace(' ', '-')), this.outage);
		this.all.add(loop);
		return loop;
	}

	private static Executor thread(String name) {
		ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, IDLE_THREAD.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread made = new Thread(task, name);
					made.setDaemon(true);
					return made;
				});
		thread.allowCoreThreadTimeOut(true);
		return thread;
	}

	/**
	 * An outage begins or is over that is known: what it explains is no fault of a loop.
	 */
	public void outage(boolean lasts) {
		this.outageOver = lasts ? Long.MAX_VALUE : this.nanos.getAsLong();
	}

	/** What has not got on for too long, by the names of loops. */
	Map<String, String> late(Predicate<LoopPlan> which) {
		Map<String, String> late = new LinkedHashMap<>();
		for (Loop loop : this.all) {
			Duration failing = failingFor(loop);
			if (which.test(loop.plan()) && failing.compareTo(this.settings.lateAfter(loop.plan())) >= 0) {
				late.put(loop.plan().name(),
						"since " + Instant.now().minus(failing) + ": " + loop.progress().problem());
			}
		}
		return late;
	}

	private Duration failingFor(Loop loop) {
		return loop.progress().failingFor(this.nanos.getAsLong(), this.outageOver);
	}

	private Duration age(Loop loop) {
		return loop.progress().age(this.nanos.getAsLong());
	}

	@Override
	public void bindTo(MeterRegistry metrics) {
		this.all.forEach((loop) -> {
			String name = loop.plan().name();
			FunctionCounter.builder("belfry.loop.failures", loop, (each) -> each.progress().failures())
				.tag("loop", name)
				.description("How many turns have failed")
				.register(metrics);
			TimeGauge.builder("belfry.loop.failing", loop, TimeUnit.MILLISECONDS, (each) -> failingFor(each).toMillis())
				.tag("loop", name)
				.description("For how long no turn has succeeded; 0 while they do")
				.register(metrics);
			TimeGauge.builder("belfry.loop.age", loop, TimeUnit.MILLISECONDS, (each) -> age(each).toMillis())
				.tag("loop", name)
				.description("How long ago a turn has succeeded")
				.register(metrics);
		});
	}

	@Override
	public void start() {
		this.running = true;
		this.ofTheNode.forEach(Loop::start);
	}

	@Override
	public void stop() {
		this.running = false;
		this.ofTheNode.forEach(Loop::stop);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void destroy() {
		this.timer.dispose();
	}

}
