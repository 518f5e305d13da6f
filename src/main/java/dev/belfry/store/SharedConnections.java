package dev.belfry.store;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.database.connections.LimitedConnection;
import dev.belfry.work.FairGate;
import dev.belfry.work.Headroom;
import dev.belfry.work.Limit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The pool of connections, of which requests have most and the requests of one account no
 * more than its share; the rest is for intake and the system's own work, which never wait
 * for a share. A transaction is one connection, so it counts once, however many
 * statements it runs.
 */
public final class SharedConnections implements ConnectionFactory, Wrapped<ConnectionFactory>, Disposable {

	private final ConnectionPool pool;

	private final FairGate shares;

	SharedConnections(ConnectionPool pool, FairGate shares) {
		this.pool = pool;
		this.shares = shares;
	}

	@Override
	public Mono<Connection> create() {
		return Mono.deferContextual((context) -> {
			Asker asker = context.getOrDefault(Asker.class, null);
			return (asker != null) ? create(asker) : this.pool.create();
		});
	}

	private Mono<Connection> create(Asker asker) {
		Mono<FairGate.Pass> pass = asker.patient() ? this.shares.enterPatiently(asker.who())
				: this.shares.enter(asker.who());
		return pass.flatMap(this::create);
	}

	/** Whoever has got the connection leaves when it is given back, and else at once. */
	private Mono<Connection> create(FairGate.Pass pass) {
		AtomicBoolean got = new AtomicBoolean();
		return this.pool.create().doOnNext((connection) -> {
			got.set(true);
			limited(connection).onRelease(pass::leave);
		}).doFinally((signal) -> {
			if (!got.get()) {
				pass.leave();
			}
		});
	}

	private static LimitedConnection limited(Connection connection) {
		return (LimitedConnection) ((Wrapped<?>) connection).unwrap();
	}

	@Override
	public ConnectionFactoryMetadata getMetadata() {
		return this.pool.getMetadata();
	}

	@Override
	public ConnectionFactory unwrap() {
		return this.pool;
	}

	@Override
	public void dispose() {
		this.pool.dispose();
	}

	/**
	 * For whom statements run, under its class in Reactor's context. Where there is none
	 * they are the system's own.
	 *
	 * @param who whose share it is
	 * @param patient whether it waits for its turn however long that takes
	 */
	public record Asker(String who, boolean patient) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ShareSettings.class)
	static class Wiring {

		@Bean
		ConnectionFactoryDecorator connectionShares(ShareSettings settings, R2dbcProperties pool, Headroom headroom,
				MeterRegistry meters) {
			FairGate.Bounds bounds = settings.bounds(pool.getPool().getMaxSize());
			FairGate gate = new FairGate("belfry.database.requests", bounds,
					"Too many statements of this account wait for the database: at most " + bounds.ofOne()
							+ " run on this node at a time (belfry.database.account-connections). Try again later.",
					new Limit("belfry.database.account-connections", meters), meters)
				.restingFor(headroom);
			return (connections) -> new SharedConnections((ConnectionPool) connections, gate);
		}

	}

}
