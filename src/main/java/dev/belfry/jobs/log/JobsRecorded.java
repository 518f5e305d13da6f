package dev.belfry.jobs.log;

import java.util.List;

import dev.belfry.database.connections.Epoch;
import dev.belfry.viewer.AccountId;

/**
 * Completions have been committed to an account's log, in the order of their positions.
 * Published on the node that took them.
 *
 * @param epoch in which they were
 */
public record JobsRecorded(Epoch epoch, AccountId account, List<LogEntry> entries) {
}
