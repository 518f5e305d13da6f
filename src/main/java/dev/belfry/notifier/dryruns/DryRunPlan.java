package dev.belfry.notifier.dryruns;

import java.time.Instant;
import java.util.function.Predicate;

import dev.belfry.alerts.recipients.Directory;
import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;

/**
 * What a dry run is to do.
 *
 * @param directory who can be told
 * @param suppressed which addresses get no e-mails of the alert
 * @param from when the first entries were logged that it looks at
 * @param to before when the last ones were
 * @param firstMatches how many matches it shows
 */
record DryRunPlan(AccountId account, AccountStyle style, AlertRule rule, Directory directory,
		Predicate<String> suppressed, Instant from, Instant to, int firstMatches) {

	/** The key of the type of events that it looks at. */
	String eventType() {
		return this.rule.version().alert().eventType();
	}

}
