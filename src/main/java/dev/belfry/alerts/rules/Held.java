package dev.belfry.alerts.rules;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.composing.MailContent;

/**
 * What comes of an alert that is held against an event.
 *
 * @param mail what it says of the event; null unless it matches
 * @param error why that cannot be told, in a sentence for people; null if it can
 */
public record Held(@Nullable MailContent mail, @Nullable String error) {

	static final Held NO_MATCH = new Held(null, null);

	static Held failed(String error) {
		return new Held(null, error);
	}

	public boolean isMatch() {
		return this.mail != null;
	}

}
