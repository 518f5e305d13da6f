package dev.belfry.jobs;

/** How a job ended. */
public enum JobOutcome {

	SUCCEEDED, COMPLETED_WITH_ERRORS, FAILED

}
