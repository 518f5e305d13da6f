package dev.belfry.jobs;

import java.util.List;

import dev.belfry.accounts.AccountId;

/**
 * Completions have been committed to an account's log, in the order of their positions.
 * Published on the node that took them.
 */
public record JobsRecorded(AccountId account, List<LogEntry> entries) {
}
