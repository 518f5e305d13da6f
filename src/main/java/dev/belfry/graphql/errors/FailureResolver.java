package dev.belfry.graphql.errors;

import java.util.List;

import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import org.springframework.graphql.execution.SubscriptionExceptionResolver;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import dev.belfry.input.Refusal;

/** Answers what a field or a subscription fails with. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class FailureResolver implements DataFetcherExceptionResolver, SubscriptionExceptionResolver {

	/**
	 * An argument that does not fit its type may show only when the field reads it: a
	 * null among the members of a {@code @oneOf}, or a variable that is null where null
	 * is none.
	 */
	@Override
	public Mono<List<GraphQLError>> resolveException(Throwable failure, DataFetchingEnvironment environment) {
		if (failure instanceof GraphQLError invalid && invalid.getErrorType() == ErrorType.ValidationError) {
			return Mono.just(List.of(GraphqlErrorBuilder.newError(environment)
				.message("%s", invalid.getMessage())
				.errorType(ErrorType.ValidationError)
				.build()));
		}
		Refusal refusal = Failures.refusal(failure, environment.getExecutionId().toString());
		return Mono.just(List.of(Failures.error(refusal, GraphqlErrorBuilder.newError(environment))));
	}

	@Override
	public Mono<List<GraphQLError>> resolveException(Throwable failure) {
		return Mono.just(List.of(Failures.error(Failures.refusal(failure, null))));
	}

}
