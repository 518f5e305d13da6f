package dev.belfry.notifier.dryruns;

import java.time.Instant;
import java.util.List;

import dev.belfry.alerts.trials.ExplainedPart;

/**
 * An entry that an alert matched in a dry run, as the schema shows it.
 *
 * @param subject of the e-mail that is about it alone
 * @param recipients the addresses that would have heard of it
 * @param suppressed those of the recipients that get no e-mails of the alert
 * @param unresolved why those would not have who have no address
 */
record DryRunMatch(String causeId, Instant occurredAt, Instant recordedAt, String subject, List<String> recipients,
		List<String> suppressed, List<String> unresolved, List<ExplainedPart> explanation) {
}
