package dev.belfry.delivery.sending;

/**
 * The domain and the account at which the last claim ended. The next claim starts after
 * them.
 */
record ClaimCursor(String domain, long account) {

	static final ClaimCursor START = new ClaimCursor("", 0);

}
