package dev.belfry.accounts.upserts;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.viewer.UserRole;

/**
 * A user as the platform has it now, checked. What is null stays as stored.
 *
 * @param cleared columns that become as those of a new user
 */
record UserChange(String externalId, String name, @Nullable UserRole role, @Nullable String email,
		@Nullable String timeZone, @Nullable String locale, Set<String> cleared) implements UpsertBatch.Change {
}
