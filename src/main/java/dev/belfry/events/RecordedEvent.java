package dev.belfry.events;

import dev.belfry.accounts.AccountId;

/** An event with the account whose log it is in. */
public record RecordedEvent(AccountId account, PlatformEvent event) {
}
