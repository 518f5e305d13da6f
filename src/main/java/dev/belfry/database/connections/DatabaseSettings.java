package dev.belfry.database.connections;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * What a statement may cost.
 *
 * @param statementTimeout after which the server ends it, whoever it is for
 */
@ConfigurationProperties("belfry.database")
record DatabaseSettings(@DefaultValue("10s") Duration statementTimeout) {

	DatabaseSettings {
		StartRefused.unlessPositive("belfry.database.statement-timeout", statementTimeout);
	}

}
