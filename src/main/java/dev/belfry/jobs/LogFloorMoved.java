package dev.belfry.jobs;

import dev.belfry.accounts.AccountId;

/** Retention has removed everything up to a position. */
public record LogFloorMoved(AccountId account, long floor) {
}
