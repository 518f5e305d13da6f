package dev.belfry.bell.feeds;

import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** How many bytes all rings together may hold. */
@Component
class RingBudget {

	private final AtomicLong bytes = new AtomicLong();

	private final long most;

	RingBudget(FeedSettings settings, MeterRegistry metrics) {
		this.most = settings.ringMemory().toBytes();
		metrics.gauge("belfry.live.ring.bytes", this.bytes);
	}

	void add(int bytes) {
		this.bytes.addAndGet(bytes);
	}

	boolean isExceeded() {
		return this.bytes.get() > this.most;
	}

}
