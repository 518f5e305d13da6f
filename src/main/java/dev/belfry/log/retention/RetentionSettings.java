package dev.belfry.log.retention;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When is removed what has been kept long enough.
 *
 * @param initialDelay how long after the start of a node for the first time
 * @param interval how long after the end of a run for the next time
 */
@ConfigurationProperties("belfry.retention")
record RetentionSettings(@DefaultValue("1m") Duration initialDelay, @DefaultValue("15m") Duration interval) {

}
