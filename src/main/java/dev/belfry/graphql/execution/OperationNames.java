package dev.belfry.graphql.execution;

import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/**
 * Takes an empty name of an operation, which some clients send in place of none, for
 * none. GraphQL Java would run the first operation of several.
 */
@Component
class OperationNames implements WebGraphQlInterceptor {

	@Override
	public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
		if ("".equals(request.getOperationName())) {
			request.configureExecutionInput((input, builder) -> builder.operationName(null).build());
		}
		return chain.next(request);
	}

}
