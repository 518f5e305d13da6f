package dev.belfry.database.connections;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Connections that forget who asked for them first. Reactor Netty keeps the subscriber to
 * a connection and its context for as long as that is open, and with them all that waited
 * for the pool's first statement on it.
 */
record UnownedConnections(ConnectionFactory connections) implements ConnectionFactory, Wrapped<ConnectionFactory> {

	@Override
	public Publisher<? extends Connection> create() {
		return Mono.<Connection>from(this.connections.create())
			.contextWrite((asker) -> Context.empty())
			.onTerminateDetach();
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
