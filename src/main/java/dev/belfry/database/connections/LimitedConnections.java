package dev.belfry.database.connections;

import java.time.Duration;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.Wrapped;

import reactor.core.publisher.Mono;

/**
 * Makes connections on which nobody waits for ever, and of which the epoch is known; and
 * none while the database does not answer, but for the watch.
 */
record LimitedConnections(ConnectionFactory connections, DatabaseLines lines,
		Epochs epochs) implements ConnectionFactory, Wrapped<ConnectionFactory> {

	@Override
	public Mono<LimitedConnection> create() {
		return create(this.lines.patience());
	}

	/** A connection that owes no answer for longer than that. */
	Mono<LimitedConnection> create(Duration patience) {
		return Mono.defer(() -> this.lines.isAway()
				? Mono.error(new R2dbcTransientResourceException("The database does not answer"))
				: createAnyway(patience).flatMap(this::known));
	}

	/** Closed again if it must not be used, or nobody waits for it any more. */
	private Mono<LimitedConnection> known(LimitedConnection connection) {
		return this.epochs.look(connection)
			.thenReturn(connection)
			.doOnCancel(() -> close(connection).subscribe())
			.onErrorResume((problem) -> close(connection).then(Mono.error(problem)));
	}

	private static Mono<Void> close(LimitedConnection connection) {
		return connection.close().onErrorComplete();
	}

	/** Likewise, whether or not the database is there, and of whatever epoch. */
	Mono<LimitedConnection> createAnyway(Duration patience) {
		return Mono.from(this.connections.create())
			.map((connection) -> new LimitedConnection(connection, this.lines, patience));
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.connections.getMetadata();
	}

	@Override
	public ConnectionFactory unwrap() {
		return this.connections;
	}

}
