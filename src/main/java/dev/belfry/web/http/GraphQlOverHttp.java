package dev.belfry.web.http;

import graphql.ExecutionResult;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webflux.GraphQlHttpHandler;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.belfry.graphql.answers.Answers;
import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import reactor.core.publisher.Mono;

/** GraphQL over HTTP, which can answer no subscription. */
@Component
class GraphQlOverHttp extends GraphQlHttpHandler {

	private final Answers answers;

	GraphQlOverHttp(WebGraphQlHandler handler, Answers answers) {
		super(handler);
		this.answers = answers;
	}

	@Override
	public Mono<ServerResponse> handleRequest(ServerRequest request) {
		return super.handleRequest(request).switchIfEmpty(
				Mono.error(() -> Refusal.badInput("The body is empty. It must be JSON with a query.", "query")));
	}

	@Override
	protected Mono<ServerResponse> prepareResponse(ServerRequest request, WebGraphQlResponse response) {
		boolean live = response.getData() instanceof Publisher;
		if (live) {
			return super.prepareResponse(request, refused(response, Refusal.of(Refusal.Code.SUBSCRIPTION_TRANSPORT,
					"A subscription needs a WebSocket, or server-sent events (Accept: text/event-stream).")));
		}
		try {
			return super.prepareResponse(request, response);
		}
		catch (Refusal tooLarge) {
			return super.prepareResponse(request, refused(response, tooLarge));
		}
	}

	@Override
	protected Object encodeResponseIfNecessary(WebGraphQlResponse response) {
		return DefaultDataBufferFactory.sharedInstance.wrap(this.answers.write(response.toMap()));
	}

	/** Who was not let in is told so by the status too. */
	@Override
	protected HttpStatus selectResponseStatus(WebGraphQlResponse response, MediaType type) {
		HttpStatus status = super.selectResponseStatus(response, type);
		return (status != HttpStatus.OK) ? Failures.tooMuch(response).map(GraphQlAnswer::status).orElse(status)
				: status;
	}

	private static WebGraphQlResponse refused(WebGraphQlResponse response, Refusal refusal) {
		ExecutionResult result = ExecutionResult.newExecutionResult().addError(Failures.error(refusal)).build();
		return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(response.getExecutionInput(), result));
	}

}
