package dev.belfry.notifier.dryruns;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How alerts are tried.
 *
 * @param dryRunLimit how long a dry run may take
 */
@ConfigurationProperties("belfry.alerts")
record DryRunSettings(@DefaultValue("60s") Duration dryRunLimit) {

	DryRunSettings {
		StartRefused.unlessPositive("belfry.alerts.dry-run-limit", dryRunLimit);
	}

}
