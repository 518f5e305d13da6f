package dev.belfry.jobs.integrations;

/** Whether goods come from an origin or are sold on it. */
public enum OriginKind {

	SOURCE, CHANNEL

}
