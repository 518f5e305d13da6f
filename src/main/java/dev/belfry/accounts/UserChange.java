package dev.belfry.accounts;

import org.jspecify.annotations.Nullable;

/** A user as the platform has it now, checked. What is null stays as stored. */
record UserChange(String externalId, String name, @Nullable UserRole role, @Nullable String email,
		@Nullable String timeZone, @Nullable String locale) implements Change {
}
