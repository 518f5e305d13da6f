package dev.belfry.jobs;

import dev.belfry.accounts.AccountId;

/** A user has seen or read something. Published on the node that took the mark. */
public record BellMarked(AccountId account, long userId, Marks.Marked marks) {
}
