package dev.belfry.accounts;

import org.jspecify.annotations.Nullable;

/**
 * A person who works for an account. Time zone and locale are those of the account unless
 * the person has their own.
 */
public record User(AccountId accountId, long userId, String externalId, String name, @Nullable String email,
		UserRole role, String timeZone, String locale) {
}
