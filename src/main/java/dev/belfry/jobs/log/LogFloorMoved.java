package dev.belfry.jobs.log;

import dev.belfry.viewer.AccountId;

/** Retention has removed everything up to a position. */
public record LogFloorMoved(AccountId account, long floor) {
}
