package dev.belfry.jobs;

import dev.belfry.accounts.AccountId;

/**
 * A completion as it was recorded.
 *
 * @param rulesVersion the version of the account's rules that was in force then
 */
public record RecordedJob(AccountId account, JobNotification notification, long rulesVersion) {
}
