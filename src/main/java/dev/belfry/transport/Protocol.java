package dev.belfry.transport;

import java.util.List;
import java.util.Map;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.micrometer.core.instrument.MeterRegistry;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.platform.Failures;

/** What all sockets share: how an operation is run and what it answers. */
@Component
class Protocol {

	private final WebGraphQlHandler handler;

	private final Tokens tokens;

	private final JsonMapper json;

	private final SocketSettings settings;

	private final MeterRegistry metrics;

	Protocol(WebGraphQlHandler handler, Tokens tokens, JsonMapper json, SocketSettings settings,
			MeterRegistry metrics) {
		this.handler = handler;
		this.tokens = tokens;
		this.json = json;
		this.settings = settings;
		this.metrics = metrics;
	}

	/** The messages of an operation, of which the last one ends it. */
	Flux<ServerMessage> run(WebSocketGraphQlRequest request, ServerMessage.Encoder encoder) {
		return Mono.defer(() -> this.handler.handleRequest(request))
			.flatMapMany((response) -> messages(response, encoder))
			.onErrorResume((problem) -> Mono.fromSupplier(() -> encoder.error(errors(problem, request.getId()))));
	}

	private static Flux<ServerMessage> messages(WebGraphQlResponse response, ServerMessage.Encoder encoder) {
		ExecutionResult result = response.getExecutionResult();
		if (result.getData() instanceof Publisher<?> events) {
			return Flux.from(events)
				.cast(ExecutionResult.class)
				.map((event) -> encoder.next(event.toSpecification()))
				.concatWith(Mono.fromSupplier(encoder::complete));
		}
		return result.isDataPresent() ? Flux.just(encoder.next(result.toSpecification()), encoder.complete())
				: Flux.just(encoder.error(specifications(result.getErrors())));
	}

	private static List<Map<String, Object>> errors(Throwable problem, String id) {
		return (problem instanceof SubscriptionPublisherException ended) ? specifications(ended.getErrors())
				: List.of(Failures.error(Failures.refusal(problem, id)).toSpecification());
	}

	private static List<Map<String, Object>> specifications(List<GraphQLError> errors) {
		return errors.stream().map(GraphQLError::toSpecification).toList();
	}

	void closed(CloseCode code) {
		this.metrics.counter("belfry.live.closed", "code", Integer.toString(code.code())).increment();
	}

	WebSocketGraphQlInterceptor interceptor() {
		return this.handler.getWebSocketInterceptor();
	}

	Tokens tokens() {
		return this.tokens;
	}

	JsonMapper json() {
		return this.json;
	}

	SocketSettings settings() {
		return this.settings;
	}

}
