package dev.belfry.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bounds what a statement may cost, at the server, where no lost client can undo it. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

	/**
	 * What holds for each session. Filters need the plan for their values: a generic one
	 * reads a rare word's rows in the order of the key. Two common words that never meet
	 * collect the rows of both: in less memory PostgreSQL forgets which rows, and reads
	 * whole pages again. No statement runs long enough to be worth compiling.
	 */
	public static final Map<String, String> SESSION = Map.of("statement_timeout", "10s", "lock_timeout", "4s",
			"plan_cache_mode", "force_custom_plan", "work_mem", "64MB", "jit", "off");

	@Bean
	ConnectionFactoryOptionsBuilderCustomizer boundedStatements() {
		return (options) -> options.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(2))
			.option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "belfry")
			.option(PostgresqlConnectionFactoryProvider.PREPARED_STATEMENT_CACHE_QUERIES, 256)
			.option(PostgresqlConnectionFactoryProvider.EXTENSIONS, List.of(new JsonBytesCodec()))
			.option(PostgresqlConnectionFactoryProvider.OPTIONS, SESSION);
	}

	@Bean
	ConnectionFactoryDecorator unownedConnections() {
		return UnownedConnections::new;
	}

}
