package dev.belfry.jobs.marks;

import dev.belfry.database.connections.Epoch;
import dev.belfry.viewer.AccountId;

/**
 * A user has seen or read something. Published on the node that took the mark.
 *
 * @param epoch in which that was
 */
public record MarksChanged(Epoch epoch, AccountId account, long userId, Marks.Marked marks) {
}
