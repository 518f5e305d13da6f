package dev.belfry.alerts.rules;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.composing.MailContent;

/**
 * The result of evaluating an alert for an event.
 *
 * @param mail what it says of the event; null unless it matches
 * @param error why the evaluation failed, in a sentence for people; null if it did not
 */
public record RuleResult(@Nullable MailContent mail, @Nullable String error) {

	static final RuleResult NO_MATCH = new RuleResult(null, null);

	static RuleResult failed(String error) {
		return new RuleResult(null, error);
	}

	public boolean isMatch() {
		return this.mail != null;
	}

}
