package dev.belfry.viewer;

import org.jspecify.annotations.Nullable;

import dev.belfry.values.SortKey;

/**
 * A person who works for an account. Time zone and locale are those of the account unless
 * the person has their own.
 */
public record User(AccountId accountId, long userId, String externalId, String name, @Nullable String email,
		UserRole role, String timeZone, String locale) {

	/** Users are listed by name, and those of one name in the order of their numbers. */
	public SortKey sortKey() {
		return new SortKey(this.name, this.userId);
	}

}
