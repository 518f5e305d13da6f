package dev.belfry.jobs.log;

import dev.belfry.viewer.AccountId;

/**
 * A completion as it was recorded.
 *
 * @param rulesVersion the version of the account's rules that was in force then
 */
public record RecordedJob(AccountId account, JobNotification notification, long rulesVersion) {
}
