package dev.belfry.database.connections;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.ConnectionFactoryBuilder;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.loops.KnownOutage;
import reactor.core.publisher.Hooks;

/**
 * Bounds what a statement may cost: at the server, where no lost client can undo it, and
 * here, for a server that is frozen or out of reach.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseConfiguration {

	/**
	 * What holds for each session, beside the time that a statement may take. No table is
	 * read from end to end while an index leads to an account's rows; by statistics of
	 * the time when it was empty, PostgreSQL would. Two common words that never meet
	 * collect the rows of both: in less memory PostgreSQL forgets which rows, and reads
	 * whole pages again. No statement runs long enough to be worth compiling.
	 */
	public static final Map<String, String> SESSION = Map.of("lock_timeout", "4s", "enable_seqscan", "off", "work_mem",
			"64MB", "jit", "off");

	@Bean
	ConnectionFactoryOptionsBuilderCustomizer boundedStatements(DatabaseSettings settings) {
		return (options) -> options.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(2))
			.option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "belfry")
			.option(PostgresqlConnectionFactoryProvider.PREPARED_STATEMENT_CACHE_QUERIES, 256)
			.option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
			.option(PostgresqlConnectionFactoryProvider.EXTENSIONS, List.of(new JsonBytesCodec()))
			.option(PostgresqlConnectionFactoryProvider.OPTIONS, session(settings))
			.option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
			.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, new DatabaseLoops());
	}

	static {
		Hooks.onErrorDropped(Outages::dropped);
	}

	/** The watch tells of it. */
	@Bean
	KnownOutage outageOfTheDatabase() {
		return Outages::isDatabaseAway;
	}

	private static Map<String, String> session(DatabaseSettings settings) {
		Map<String, String> session = new HashMap<>(SESSION);
		session.put("statement_timeout", settings.statementTimeout().toMillis() + "ms");
		return session;
	}

	/** The pool, and whoever shares it out. */
	@Bean(destroyMethod = "dispose")
	ConnectionFactory connectionFactory(R2dbcProperties properties, R2dbcConnectionDetails details,
			ObjectProvider<ConnectionFactoryOptionsBuilderCustomizer> customizers, DatabaseLines lines, Epochs epochs,
			@Qualifier("connectionShares") ConnectionFactoryDecorator shares) {
		ConnectionFactoryBuilder builder = ConnectionFactoryBuilder
			.withOptions(details.getConnectionFactoryOptions().mutate());
		customizers.orderedStream().forEach((customizer) -> builder.configure(customizer::customize));
		ConnectionFactory connections = builder.decorator(UnownedConnections::new).build();
		return shares
			.decorate(new DatabasePool(properties.getPool()).of(new LimitedConnections(connections, lines, epochs)));
	}

}
