package dev.belfry.delivery.suppression;

import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Another room that keeps addresses, beside the outbox. */
public interface AddressErasure {

	/**
	 * Forgets an address of the viewer's account, in the caller's transaction.
	 * @param address a valid one
	 */
	Mono<Void> forget(Viewer viewer, String address);

}
