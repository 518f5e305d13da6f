package dev.belfry.delivery.sending;

/** Where the turns of the last claim ended: the domain and the account that had them. */
record ClaimCursor(String domain, long account) {

	static final ClaimCursor START = new ClaimCursor("", 0);

}
