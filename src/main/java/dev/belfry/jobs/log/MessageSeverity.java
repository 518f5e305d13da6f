package dev.belfry.jobs.log;

/** How much a job's message matters. */
public enum MessageSeverity {

	INFO, WARNING, ERROR

}
