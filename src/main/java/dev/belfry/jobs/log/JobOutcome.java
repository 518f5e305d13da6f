package dev.belfry.jobs.log;

/** How a job ended. */
public enum JobOutcome {

	SUCCEEDED, COMPLETED_WITH_ERRORS, FAILED

}
