package dev.belfry.delivery;

import dev.belfry.accounts.AccountId;
import reactor.core.publisher.Mono;

/** Another room that keeps addresses, beside the outbox. */
public interface AddressKeeper {

	/** Forgets an address of an account, in the caller's transaction. */
	Mono<Void> forget(AccountId account, String address);

}
