package dev.belfry.log.retention;

import dev.belfry.viewer.AccountId;

/**
 * Entries of an account's log are no longer there, as this node has just learnt: what it
 * remembers of them is to be forgotten.
 */
public record LogShortened(AccountId account) {
}
