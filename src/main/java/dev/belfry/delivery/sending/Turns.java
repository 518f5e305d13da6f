package dev.belfry.delivery.sending;

/** Where the turns of the last claim ended: the domain and the account that had them. */
record Turns(String domain, long account) {

	static final Turns START = new Turns("", 0);

}
