package dev.belfry.database.connections;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that cannot be had from other failures. */
public final class Outages {

	private static final Logger log = LoggerFactory.getLogger(Outages.class);

	/** No connection, no resources, shutdown, and read-only after a failover. */
	private static final String OUTAGE = "08...|53...|57P..|25006";

	/** Also rollback, and lock timeout. */
	private static final String TRY_AGAIN = OUTAGE + "|40...|55P03|57...";

	/** The server has ended the statement: {@code statement_timeout}. */
	private static final String OUT_OF_TIME = "57014";

	private Outages() {
	}

	/**
	 * Logs in a line what went wrong and is tried again. If it is the database, the watch
	 * has said so already, for all.
	 */
	public static void report(Logger log, String what, Throwable failure) {
		if (isDatabaseAway(failure)) {
			log.debug("{}: the database does not answer", what, failure);
		}
		else {
			log.warn("{}: {}", what, failure.toString());
		}
	}

	/** Likewise, for {@code onErrorComplete}. */
	public static boolean isReported(Logger log, String what, Throwable failure) {
		report(log, what, failure);
		return true;
	}

	/** A failure for which nobody waits any more. The watch tells of an outage. */
	static void dropped(Throwable failure) {
		if (!isDatabaseAway(failure)) {
			log.error("A failure of which nobody else hears", failure);
		}
	}

	/** Whether the database answers nobody just now. */
	public static boolean isDatabaseAway(Throwable failure) {
		return isSaidTo(failure, OUTAGE);
	}

	/** Whether the database, or a lock in it, cannot be had just now. */
	public static boolean isUnavailable(Throwable failure) {
		return isSaidTo(failure, TRY_AGAIN);
	}

	/** Whether a statement took longer than it may. */
	public static boolean isOutOfTime(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof R2dbcException refused && OUT_OF_TIME.equals(refused.getSqlState())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isSaidTo(Throwable failure, String states) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof R2dbcException refused && refused.getSqlState() != null) {
				return refused.getSqlState().matches(states);
			}
			if (isOutage(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOutage(Throwable cause) {
		return cause instanceof R2dbcTransientException || cause instanceof R2dbcNonTransientResourceException
				|| cause instanceof TimeoutException || cause instanceof IOException
				|| cause.getCause() == null && isTranslatedOutage(cause);
	}

	private static boolean isTranslatedOutage(Throwable cause) {
		return cause instanceof DataAccessResourceFailureException || cause instanceof TransientDataAccessException
				|| cause instanceof CannotCreateTransactionException;
	}

}
