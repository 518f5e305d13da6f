package dev.belfry.jobs;

/** Whether goods come from an origin or are sold on it. */
public enum OriginKind {

	SOURCE, CHANNEL

}
