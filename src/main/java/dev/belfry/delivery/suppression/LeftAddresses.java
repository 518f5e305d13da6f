package dev.belfry.delivery.suppression;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.upserts.AddressCleared;
import dev.belfry.addresses.EmailAddress;
import dev.belfry.delivery.outbox.AddressKey;
import dev.belfry.ids.Seal;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * Addresses that users had and have no longer. What waits for one, or is queued by what
 * was evaluated before, is cancelled unless the alert tells the address for another
 * reason.
 */
@Component
class LeftAddresses implements AddressCleared, AddressErasure {

	private static final Query<Long> LEAVE = Query
		.number("select leave_address($1, $2, $3, clock_timestamp())::bigint");

	private static final String FORGET = "delete from left_address where account_id = $1 and address_key = $2";

	private final AccountDatabase database;

	private final Seal seal;

	LeftAddresses(AccountDatabase database, Seal seal) {
		this.database = database;
		this.seal = seal;
	}

	/** Nothing waits for one that mail cannot be sent to. */
	@Override
	public Mono<Void> cleared(AccountId account, String address) {
		return !EmailAddress.isValid(address) ? Mono.empty()
				: Mono
					.defer(() -> this.database.one(account, LEAVE, keyOf(account, address),
							Param.texts(EmailAddress.spellings(address))))
					.then();
	}

	@Override
	public Mono<Void> forget(Viewer viewer, String address) {
		return this.database.update(viewer.accountId(), FORGET, keyOf(viewer.accountId(), address)).then();
	}

	private String keyOf(AccountId account, String address) {
		return AddressKey.of(address).key(this.seal, account);
	}

}
