package dev.belfry.accounts.upserts;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An account as the platform has it now, checked. What is null stays as stored.
 *
 * @param cleared columns that become as those of a new account
 */
record AccountChange(String externalId, String name, @Nullable String timeZone, @Nullable String locale,
		@Nullable Integer retentionDays, @Nullable Integer dailyEmailCap,
		Set<String> cleared) implements UpsertBatch.Change {
}
