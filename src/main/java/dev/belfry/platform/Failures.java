package dev.belfry.platform;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.transaction.CannotCreateTransactionException;

/** Turns whatever went wrong into the one error that the client is told. */
public final class Failures {

	private static final Logger log = LoggerFactory.getLogger(Failures.class);

	/** No connection, no resources, shutdown, and read-only after a failover. */
	private static final String OUTAGE = "08...|53...|57P..|25006";

	/** Also rollback, and lock or statement timeout. */
	private static final String TRY_AGAIN = OUTAGE + "|40...|55P03|57...";

	private Failures() {
	}

	/**
	 * The refusal that the failure stands for. What is a fault of ours is logged under
	 * the id.
	 */
	public static Refusal refusal(Throwable failure, @Nullable String requestId) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal refusal) {
				return refusal;
			}
			if (cause instanceof AbortExecutionException) {
				return Refusal.unavailable("The client has ended this.");
			}
		}
		if (isUnavailable(failure)) {
			report(log, "A request could not be answered", failure);
			return Refusal.unavailable("The database does not answer just now. Try again in a moment.");
		}
		String id = (requestId != null) ? requestId : Long.toHexString(ThreadLocalRandom.current().nextLong());
		log.error("Request {} failed", id, failure);
		return Refusal.internalError(id);
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

	/** Whether the database answers nobody just now. */
	public static boolean isDatabaseAway(Throwable failure) {
		return isSaidTo(failure, OUTAGE);
	}

	/** Whether the database, or a lock in it, cannot be had just now. */
	public static boolean isUnavailable(Throwable failure) {
		return isSaidTo(failure, TRY_AGAIN);
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

	/** The error as GraphQL has it; its path and locations are the builder's. */
	public static GraphQLError error(Refusal refusal, GraphqlErrorBuilder<?> builder) {
		return builder.message("%s", refusal.getMessage())
			.errorType(classification(refusal.code()))
			.extensions(refusal.extensions())
			.build();
	}

	public static GraphQLError error(Refusal refusal) {
		return error(refusal, GraphqlErrorBuilder.newError());
	}

	/** The body of an answer that never reached GraphQL. */
	public static Map<String, Object> body(Refusal refusal) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("message", String.valueOf(refusal.getMessage()));
		error.put("extensions", refusal.extensions());
		return Map.of("errors", List.of(error));
	}

	private static ErrorClassification classification(Refusal.Code code) {
		return switch (code) {
			case UNAUTHENTICATED -> ErrorType.UNAUTHORIZED;
			case FORBIDDEN -> ErrorType.FORBIDDEN;
			case UNAVAILABLE, INTERNAL_ERROR -> ErrorType.INTERNAL_ERROR;
			default -> ErrorType.BAD_REQUEST;
		};
	}

}
