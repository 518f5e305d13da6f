package dev.belfry.accounts;

import org.jspecify.annotations.Nullable;

/** An account as the platform has it now, checked. What is null stays as stored. */
record AccountChange(String externalId, String name, @Nullable String timeZone, @Nullable String locale,
		@Nullable Integer retentionDays) implements Change {
}
