package dev.belfry.notifier.emails;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How accounts are notified.
 *
 * @param enabled whether this node evaluates logs; if not, the others do
 * @param pollInterval how often this node looks for what it has no hint of
 * @param window how long an address that got an e-mail of a topic gets no more of it;
 * then of all that came meanwhile in one e-mail
 */
@ConfigurationProperties("belfry.notifier")
public record NotifierSettings(@DefaultValue("true") boolean enabled, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("5m") Duration window) {

	private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

	public NotifierSettings {
		StartRefused.unlessPositive("belfry.notifier.poll-interval", pollInterval);
		StartRefused.unless(!window.isNegative() && window.compareTo(LONGEST_WINDOW) <= 0,
				"belfry.notifier.window is " + window + ".", "Set it to a time from 0s to 1d, for example 5m.");
	}

}
