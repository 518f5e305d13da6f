package dev.belfry.work;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Whether those who ask for little find a free processor. If not, what is large or in
 * bulk rests for as long as it worked, so that it has half of its time: else each of the
 * ten hops of a quick answer, between threads and processes, waits for a time slice of
 * something that nobody waits for as much. While nobody asks for little, or processors
 * are free, nothing rests.
 */
@Component
public final class Headroom {

	/** An operation that takes longer is not one that asks for little. */
	private static final Duration QUICK = Duration.ofMillis(100);

	/** For so long after a quick operation another one is expected. */
	private static final Duration RECENT = Duration.ofMillis(500);

	/** The load is looked at no more often. */
	private static final Duration LOOK = Duration.ofMillis(200);

	/** If so much of the processors or more is in use, too little is left. */
	private static final double FULL = 0.75;

	private static final Duration LONGEST_REST = Duration.ofMillis(100);

	private final DoubleSupplier load;

	private final LongSupplier nanos;

	private final AtomicLong lookedAt;

	private volatile long quickAt;

	private volatile boolean full;

	@Autowired
	Headroom(MeterRegistry meters) {
		this(Headroom::loadOfMachine, System::nanoTime);
		Gauge.builder("belfry.work.rests", this, (headroom) -> headroom.isShort() ? 1 : 0)
			.description("1 while large and bulk work rests, since others find no processor free")
			.register(meters);
	}

	/**
	 * Headroom of a machine.
	 * @param load which part of its processors was in use since it was asked last; below
	 * zero if that is not known
	 */
	Headroom(DoubleSupplier load, LongSupplier nanos) {
		this.load = load;
		this.nanos = nanos;
		this.lookedAt = new AtomicLong(nanos.getAsLong() - LOOK.toNanos());
		this.quickAt = nanos.getAsLong() - RECENT.toNanos();
	}

	/** Of the container, if the node runs in one. */
	private static double loadOfMachine() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine)
				? machine.getCpuLoad() : -1;
	}

	/** Says that an operation was answered, after so many nanoseconds. */
	public void answered(long took) {
		if (took < QUICK.toNanos()) {
			this.quickAt = this.nanos.getAsLong();
		}
	}

	/** Whether what is large or in bulk should leave more to others. */
	public boolean isShort() {
		long now = this.nanos.getAsLong();
		if (now - this.quickAt >= RECENT.toNanos()) {
			return false;
		}
		long last = this.lookedAt.get();
		if (now - last >= LOOK.toNanos() && this.lookedAt.compareAndSet(last, now)) {
			this.full = this.load.getAsDouble() >= FULL;
		}
		return this.full;
	}

	/** For how many nanoseconds something rests that worked for so many. */
	long rest(long worked) {
		return isShort() ? Math.min(worked, LONGEST_REST.toNanos()) : 0;
	}

	/** Lets the thread rest that worked for so many nanoseconds. */
	void restAfter(long worked) {
		long rest = rest(worked);
		if (rest > 0) {
			LockSupport.parkNanos(rest);
		}
	}

}
