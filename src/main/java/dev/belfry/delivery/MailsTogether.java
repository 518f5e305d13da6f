package dev.belfry.delivery;

import java.util.List;
import java.util.Map;

import dev.belfry.accounts.AccountId;
import dev.belfry.delivery.mail.Composer;
import dev.belfry.delivery.mail.Outgoing;
import reactor.core.publisher.Mono;

/**
 * What deliveries that were read together say: read when the first of them is asked for
 * it, in one statement for all.
 */
final class MailsTogether {

	private final Composer composer;

	private final Mono<Map<Long, Outgoing>> mails;

	MailsTogether(Deliveries deliveries, Composer composer, AccountId account, List<Delivery> together) {
		List<Long> ids = together.stream().map(Delivery::deliveryId).toList();
		this.composer = composer;
		this.mails = Mono.defer(() -> deliveries.mails(account, ids)).cache();
	}

	/** Empty once the address was erased. */
	Mono<Mail> of(Delivery delivery) {
		return this.mails.mapNotNull((all) -> all.get(delivery.deliveryId())).map(this.composer::mail);
	}

}
