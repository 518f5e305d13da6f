package dev.belfry.delivery;

/** Which log of the account an e-mail's cause is in. */
public enum CauseLog {

	JOBS, EVENTS

}
