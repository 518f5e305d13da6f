package dev.belfry.delivery;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;

/**
 * What the link of an e-mail carries by which its reader stops further ones.
 */
@Component
class UnsubscribeTokens {

	private final Ids ids;

	UnsubscribeTokens(Ids ids) {
		this.ids = ids;
	}

	String token(AccountId account, long deliveryId) {
		return this.ids.encode(Ids.Kind.UNSUBSCRIBE, account, deliveryId);
	}

}
