package dev.belfry.events.log;

import dev.belfry.viewer.AccountId;

/** An event with the account whose log it is in. */
public record RecordedEvent(AccountId account, PlatformEvent event) {
}
