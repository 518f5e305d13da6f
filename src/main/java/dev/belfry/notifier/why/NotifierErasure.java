package dev.belfry.notifier.why;

import org.springframework.stereotype.Component;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.delivery.suppression.AddressErasure;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * The addresses that were notified. One that is erased waits for nothing more, and what
 * it was notified of stays without it.
 */
@Component
class NotifierErasure implements AddressErasure {

	private static final String FORGET = """
			with subjects as (
			  update alert_evaluation set subject = null
			  where account_id = $1 and exists (
			    select from unnest($2) a (address) where position(a.address in lower(subject)) > 0)
			), windows as (
			  delete from noise_window where account_id = $1 and lower(address) = any ($2)
			), waiting as (
			  delete from notification_outcome
			  where account_id = $1 and lower(address) = any ($2) and delivery_id is null
			)
			update notification_outcome set address = 'erased ' || delivery_id
			where account_id = $1 and lower(address) = any ($2) and delivery_id is not null""";

	private final AccountDatabase database;

	NotifierErasure(AccountDatabase database) {
		this.database = database;
	}

	@Override
	public Mono<Void> forget(Viewer viewer, String address) {
		return this.database.update(viewer.accountId(), FORGET, Param.texts(EmailAddress.spellings(address))).then();
	}

}
