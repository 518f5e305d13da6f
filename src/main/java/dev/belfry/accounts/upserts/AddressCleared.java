package dev.belfry.accounts.upserts;

import reactor.core.publisher.Mono;

import dev.belfry.viewer.AccountId;

/** Somebody who is to know when a user's address is cleared. */
public interface AddressCleared {

	/**
	 * A user has this address no longer. Runs in the transaction that clears it.
	 * @param address as it was stored
	 */
	Mono<Void> cleared(AccountId account, String address);

}
