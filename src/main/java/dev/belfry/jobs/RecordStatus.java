package dev.belfry.jobs;

/**
 * What intake did with a completion. Rejected by the log means: its run id came before
 * with another input.
 */
public enum RecordStatus {

	RECORDED, DUPLICATE, REJECTED

}
