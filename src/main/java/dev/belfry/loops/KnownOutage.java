package dev.belfry.loops;

/** Knows which failures come of an outage that somebody else tells of, for all. */
@FunctionalInterface
public interface KnownOutage {

	boolean explains(Throwable failure);

}
