package dev.belfry.jobs;

import dev.belfry.accounts.AccountId;
import dev.belfry.platform.Epoch;

/**
 * A user has seen or read something. Published on the node that took the mark.
 *
 * @param epoch in which that was
 */
public record BellMarked(Epoch epoch, AccountId account, long userId, Marks.Marked marks) {
}
