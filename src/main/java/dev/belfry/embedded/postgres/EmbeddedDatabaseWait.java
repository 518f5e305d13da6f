package dev.belfry.embedded.postgres;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.stereotype.Component;

/** Flyway is the first to need the database, and waits for it here. */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class EmbeddedDatabaseWait implements FlywayConfigurationCustomizer {

	private final EmbeddedDatabase database;

	EmbeddedDatabaseWait(EmbeddedDatabase database) {
		this.database = database;
	}

	@Override
	public void customize(FluentConfiguration configuration) {
		this.database.awaitReady();
	}

}
