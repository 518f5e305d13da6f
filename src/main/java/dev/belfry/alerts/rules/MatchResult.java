package dev.belfry.alerts.rules;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.composing.MailContent;

/**
 * What comes of an alert that is held against an event.
 *
 * @param mail what it says of the event; null unless it matches
 * @param error why that cannot be told, in a sentence for people; null if it can
 */
public record MatchResult(@Nullable MailContent mail, @Nullable String error) {

	static final MatchResult NO_MATCH = new MatchResult(null, null);

	static MatchResult failed(String error) {
		return new MatchResult(null, error);
	}

	public boolean isMatch() {
		return this.mail != null;
	}

}
