package dev.belfry.loops;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.springframework.context.annotation.Primary;

import reactor.core.publisher.Mono;

/** All loops of a node, in a hurry, and at fault when a test wants it. */
@Primary
class FaultyLoops extends Loops {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private static final Duration LONGEST = Duration.ofSeconds(1);

	/** What turns do instead of their work, if anything. */
	volatile Supplier<Mono<?>> fault;

	/** How many turns have done their work. */
	final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

	FaultyLoops(LoopSettings settings, KnownOutage outage) {
		super(settings, outage);
	}

	@Override
	public Loop make(LoopPlan plan, Supplier<? extends Mono<?>> work) {
		this.done.put(plan.name(), new AtomicInteger());
		return super.make(new LoopPlan(plan.name(), plan.failure(), Duration.ZERO, INTERVAL, Duration.ZERO, LONGEST,
				plan.serving()), () -> turn(plan.name(), work));
	}

	private Mono<?> turn(String name, Supplier<? extends Mono<?>> work) {
		Supplier<Mono<?>> instead = this.fault;
		return (instead != null) ? instead.get()
				: work.get().doOnSuccess((end) -> this.done.get(name).incrementAndGet());
	}

}
