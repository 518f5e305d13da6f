package dev.belfry.ids;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Epoch;
import dev.belfry.database.connections.Epochs;
import dev.belfry.database.connections.Outages;
import dev.belfry.store.Query;
import dev.belfry.store.SystemDatabase;
import reactor.util.retry.Retry;

/**
 * What all nodes on one database share: the key that seals ids and cursors, and the epoch
 * of the logs. There is another epoch as soon as a node connects to a database that has
 * been restored or promoted (its system identifier or timeline differs).
 */
@Component
@DependsOnDatabaseInitialization
public class Installation {

	private static final Logger log = LoggerFactory.getLogger(Installation.class);

	/** The first connection makes it known. */
	private static final Query<Long> CONNECT = Query.number("select 1::bigint");

	private static final Query<Long> RENEW = Query.number("select begin_epoch($1)::bigint");

	private final SystemDatabase database;

	private final Epochs epochs;

	Installation(SystemDatabase database, Epochs epochs) {
		this.database = database;
		this.epochs = epochs;
		database.one(CONNECT)
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1)).filter(Outages::isUnavailable))
			.block(Duration.ofSeconds(30));
	}

	byte[] key() {
		return this.epochs.key();
	}

	/** The present one. */
	public Epoch epoch() {
		return this.epochs.current();
	}

	/**
	 * The database has less than was read from it in this epoch, though it looks the
	 * same, as after its files were put back. Another epoch begins.
	 */
	public void lost(Epoch epoch) {
		if (!epoch.isOver()) {
			this.database.one(RENEW, epoch.number())
				.subscribe((number) -> this.epochs.begin(number.intValue()), (problem) -> log
					.debug("The epoch could not be renewed; the next one to notice tries again", problem));
		}
	}

}
