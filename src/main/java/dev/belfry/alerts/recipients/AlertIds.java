package dev.belfry.alerts.recipients;

import org.jspecify.annotations.Nullable;

import dev.belfry.ids.Ids;
import dev.belfry.viewer.AccountId;

/** Ids by which an account's recipients, and what its alerts watch, are named. */
public record AlertIds(Ids ids, AccountId account) {

	@Nullable Long user(String id) {
		return this.ids.decode(Ids.Kind.USER, this.account, id);
	}

	public @Nullable Long integration(String id) {
		return this.ids.decode(Ids.Kind.INTEGRATION, this.account, id);
	}

	@Nullable Long list(String id) {
		return this.ids.decode(Ids.Kind.RECIPIENT_LIST, this.account, id);
	}

}
