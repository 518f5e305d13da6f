package dev.belfry.jobs.integrations;

import dev.belfry.viewer.AccountId;

/** Where goods come from or are sold. */
public record Origin(AccountId accountId, long originId, OriginKind kind, String externalId, String name) {
}
