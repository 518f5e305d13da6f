package dev.belfry.start;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that never leaps: it is set once, by another, and goes on by the nanoseconds
 * that pass. For how long ago something was on this node; what time it is, the other
 * knows better.
 */
public final class SteadyClock extends Clock {

	private final Clock setBy;

	private final Instant setAt;

	private final long nanos = System.nanoTime();

	public SteadyClock(Clock setBy) {
		this.setBy = setBy;
		this.setAt = setBy.instant();
	}

	@Override
	public Instant instant() {
		return this.setAt.plusNanos(System.nanoTime() - this.nanos);
	}

	@Override
	public ZoneId getZone() {
		return this.setBy.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new SteadyClock(this.setBy.withZone(zone));
	}

}
