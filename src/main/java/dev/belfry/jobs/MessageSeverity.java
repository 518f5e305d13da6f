package dev.belfry.jobs;

/** How much a job's message matters. */
public enum MessageSeverity {

	INFO, WARNING, ERROR

}
