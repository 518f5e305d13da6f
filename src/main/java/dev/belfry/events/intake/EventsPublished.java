package dev.belfry.events.intake;

import dev.belfry.viewer.AccountId;

/**
 * Events have been committed to an account's log. Published on the node that took them.
 *
 * @param end the position of the last of them
 */
public record EventsPublished(AccountId account, long end) {
}
