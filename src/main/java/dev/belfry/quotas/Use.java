package dev.belfry.quotas;

import java.util.Locale;

/** What quotas count. */
public enum Use {

	/** Fields at the root of a query, and documents that a node has to read. */
	READS,
	/** Fields at the root of a mutation. */
	WRITES,
	/** Completions and events that are handed in. */
	ITEMS,
	/** Subscriptions that are started. */
	SUBSCRIPTIONS;

	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

}
