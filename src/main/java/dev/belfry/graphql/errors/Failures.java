package dev.belfry.graphql.errors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.execution.ErrorType;

import dev.belfry.database.connections.Outages;
import dev.belfry.input.Refusal;

/** Turns a failure into the one error that the client gets. */
public final class Failures {

	private static final Logger log = LoggerFactory.getLogger(Failures.class);

	private static final Set<String> TOO_MUCH = Set.of(Refusal.Code.RATE_LIMITED.name(),
			Refusal.Code.OVERLOADED.name());

	private Failures() {
	}

	/**
	 * The refusal that the failure stands for. An internal error is logged under the id.
	 */
	public static Refusal refusal(Throwable failure, @Nullable String requestId) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal refusal) {
				return refusal;
			}
			if (cause instanceof AbortExecutionException) {
				return Refusal.unavailable("The client has ended this request.");
			}
		}
		if (Outages.isOutOfTime(failure)) {
			return Refusal
				.outOfTime("This takes longer than a statement may (belfry.database.statement-timeout). Ask for less.");
		}
		if (Outages.isUnavailable(failure)) {
			Outages.report(log, "A request could not be answered", failure);
			return Refusal.unavailable("The database does not answer. Try again in a moment.");
		}
		String id = (requestId != null) ? requestId : Long.toHexString(ThreadLocalRandom.current().nextLong());
		log.error("Request {} failed", id, failure);
		return Refusal.internalError(id);
	}

	/**
	 * The code by which an answer says that something was too much just now, if it does.
	 */
	public static Optional<Refusal.Code> tooMuch(ExecutionGraphQlResponse response) {
		return response.getErrors()
			.stream()
			.map((error) -> String.valueOf(error.getExtensions().get("code")))
			.filter(TOO_MUCH::contains)
			.findFirst()
			.map(Refusal.Code::valueOf);
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
			case INTERNAL_ERROR -> ErrorType.INTERNAL_ERROR;
			// No fault of Belfry's code, nor of the request.
			case UNAVAILABLE, OVERLOADED, STATEMENT_TIMEOUT -> ErrorClassification.errorClassification(code.name());
			default -> ErrorType.BAD_REQUEST;
		};
	}

}
