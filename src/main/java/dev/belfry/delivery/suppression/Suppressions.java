package dev.belfry.delivery.suppression;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Topic;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** Keeps which addresses want no more e-mails. */
interface Suppressions {

	/**
	 * Sends nothing more of an account to an address; the second time changes nothing.
	 * @param topic what e-mails are stopped for, or null for all of them
	 */
	Mono<Void> suppress(AccountId account, String address, @Nullable Topic topic);

}
