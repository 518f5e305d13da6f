package dev.belfry.bell.feeds;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How live the bells are.
 *
 * @param pollInterval how often accounts that someone listens to are looked at, in case a
 * hint was lost
 * @param ringMemory what the newest entries of all accounts together may take
 * @param hints whether nodes notify each other at once
 */
@ConfigurationProperties("belfry.live")
public record FeedSettings(@DefaultValue("2s") Duration pollInterval, @DefaultValue("64MB") DataSize ringMemory,
		@DefaultValue("true") boolean hints) {
}
