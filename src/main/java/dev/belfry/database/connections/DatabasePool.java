package dev.belfry.database.connections;

import java.time.Duration;
import java.util.Objects;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRefMetadata;

/**
 * The pool of connections, by {@code spring.r2dbc.pool.*}. Unlike Spring Boot's it passes
 * over connections that are closed or retired: there each costs whoever gets it an
 * attempt.
 */
final class DatabasePool {

	/**
	 * How long a connection that the server closed takes up room, if nobody asks for one.
	 */
	private static final Duration LOOK_INTERVAL = Duration.ofSeconds(30);

	private static final Duration NO_LIMIT = Duration.ofMillis(-1);

	private final R2dbcProperties.Pool settings;

	private final Duration longestLife;

	DatabasePool(R2dbcProperties.Pool settings) {
		this.settings = settings;
		this.longestLife = Objects.requireNonNullElse(settings.getMaxLifeTime(), NO_LIMIT);
	}

	ConnectionPool of(ConnectionFactory connections) {
		return new ConnectionPool(ConnectionPoolConfiguration.builder(connections)
			.minIdle(this.settings.getMinIdle())
			.initialSize(this.settings.getInitialSize())
			.maxSize(this.settings.getMaxSize())
			.maxIdleTime(this.settings.getMaxIdleTime())
			.maxLifeTime(this.longestLife)
			.maxAcquireTime(this.settings.getMaxAcquireTime())
			.acquireRetry(this.settings.getAcquireRetry())
			.maxValidationTime(this.settings.getMaxValidationTime())
			.backgroundEvictionInterval(LOOK_INTERVAL)
			.customizer(this::evict)
			.build());
	}

	private void evict(PoolBuilder<Connection, ?> pool) {
		pool.evictionPredicate(this::isOver);
	}

	private boolean isOver(Connection connection, PooledRefMetadata metadata) {
		return isLonger(metadata.idleTime(), this.settings.getMaxIdleTime())
				|| isLonger(metadata.lifeTime(), this.longestLife)
				|| (connection instanceof LimitedConnection limited && limited.isOver());
	}

	private static boolean isLonger(long millis, Duration most) {
		return !most.isNegative() && millis >= most.toMillis();
	}

}
