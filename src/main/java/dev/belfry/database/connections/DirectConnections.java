package dev.belfry.database.connections;

import java.time.Duration;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/**
 * Makes connections for those who keep one to themselves: a pool would hand it to others.
 */
@Component
public class DirectConnections {

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final LimitedConnections connections;

	DirectConnections(ConnectionFactory connections) {
		this.connections = unpooled(connections);
	}

	/** A connection for what takes no time, if the database is there. */
	public Mono<Connection> create() {
		return this.connections.create(PATIENCE).cast(Connection.class);
	}

	/** A connection for the watch, to find whether the database is there. */
	public Mono<LimitedConnection> createAnyway(Duration patience) {
		return this.connections.createAnyway(patience);
	}

	/** What is below, for what only PostgreSQL has. */
	public static PostgresqlConnection postgres(Connection connection) {
		return (PostgresqlConnection) ((Wrapped<?>) connection).unwrap();
	}

	private static LimitedConnections unpooled(ConnectionFactory connections) {
		Object factory = connections;
		while (!(factory instanceof LimitedConnections)) {
			factory = ((Wrapped<?>) factory).unwrap();
		}
		return (LimitedConnections) factory;
	}

}
