package dev.belfry.notifier;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How accounts are notified.
 *
 * @param enabled whether this node evaluates logs; if not, the others do
 * @param pollInterval how often this node looks for what it was not told of
 * @param window how long an address that was told of a topic hears no more of it; then of
 * all that came meanwhile in one e-mail
 */
@ConfigurationProperties("belfry.notifier")
record NotifierSettings(@DefaultValue("true") boolean enabled, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("5m") Duration window) {
}
