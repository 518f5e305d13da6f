package dev.belfry.web.http;

import graphql.ExecutionResult;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webflux.GraphQlHttpHandler;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import reactor.core.publisher.Mono;

/** GraphQL over HTTP, which can answer no subscription. */
@Component
class GraphQlOverHttp extends GraphQlHttpHandler {

	GraphQlOverHttp(WebGraphQlHandler handler) {
		super(handler);
	}

	@Override
	public Mono<ServerResponse> handleRequest(ServerRequest request) {
		return super.handleRequest(request).switchIfEmpty(
				Mono.error(() -> Refusal.badInput("The body is empty. It must be JSON with a query.", "query")));
	}

	@Override
	protected Mono<ServerResponse> prepareResponse(ServerRequest request, WebGraphQlResponse response) {
		boolean live = response.getData() instanceof Publisher;
		return super.prepareResponse(request, live ? refused(response) : response);
	}

	private static WebGraphQlResponse refused(WebGraphQlResponse response) {
		Refusal refusal = Refusal.of(Refusal.Code.SUBSCRIPTION_TRANSPORT,
				"A subscription needs a WebSocket, or server-sent events (Accept: text/event-stream).");
		ExecutionResult result = ExecutionResult.newExecutionResult().addError(Failures.error(refusal)).build();
		return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(response.getExecutionInput(), result));
	}

}
