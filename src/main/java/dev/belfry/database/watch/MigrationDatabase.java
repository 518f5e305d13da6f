package dev.belfry.database.watch;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells Flyway, which speaks JDBC, of the database that everyone else reaches by R2DBC.
 * What {@code spring.flyway.*} says goes before.
 */
@Component
class MigrationDatabase implements FlywayConnectionDetails, JdbcConnectionDetails {

	/** In seconds. A migration itself may take long. */
	private static final String LIMITS = "?connectTimeout=5&loginTimeout=10&tcpKeepAlive=true";

	private final ConnectionFactoryOptions options;

	private final Environment environment;

	MigrationDatabase(R2dbcConnectionDetails details, Environment environment) {
		this.options = details.getConnectionFactoryOptions();
		this.environment = environment;
	}

	@Override
	public String getJdbcUrl() {
		return this.environment.getProperty("spring.flyway.url", url());
	}

	@Override
	public @Nullable String getUsername() {
		return this.environment.getProperty("spring.flyway.user", text(ConnectionFactoryOptions.USER));
	}

	@Override
	public @Nullable String getPassword() {
		return this.environment.getProperty("spring.flyway.password", text(ConnectionFactoryOptions.PASSWORD));
	}

	@Override
	public String getDriverClassName() {
		return "org.postgresql.Driver";
	}

	private String url() {
		Object port = this.options.getValue(ConnectionFactoryOptions.PORT);
		Object sslMode = this.options.getValue(Option.valueOf("sslMode"));
		return "jdbc:postgresql://" + text(ConnectionFactoryOptions.HOST) + ((port != null) ? ":" + port : "") + "/"
				+ text(ConnectionFactoryOptions.DATABASE) + LIMITS + ((sslMode != null) ? "&sslmode=" + sslMode : "");
	}

	private String text(Option<?> option) {
		Object value = this.options.getValue(option);
		return (value != null) ? value.toString() : "";
	}

}
