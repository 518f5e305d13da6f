package dev.belfry.ids;

/** One of the two logs of an account. */
public enum LogName {

	JOBS(Ids.Kind.JOB_NOTIFICATION), EVENTS(Ids.Kind.PLATFORM_EVENT);

	private final Ids.Kind entries;

	LogName(Ids.Kind entries) {
		this.entries = entries;
	}

	/** What the ids of its entries name. */
	Ids.Kind entries() {
		return this.entries;
	}

}
