package dev.belfry.jobs;

import dev.belfry.accounts.AccountId;

/** Where goods come from or are sold. */
record Origin(AccountId accountId, long originId, OriginKind kind, String externalId, String name) {
}
