package dev.belfry.transport;

import java.util.Map;

import org.reactivestreams.Publisher;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webflux.GraphQlSseHandler;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * GraphQL over server-sent events: also a query, and what is wrong with a document, comes
 * as one event.
 */
@Component
class GraphQlOverSse extends GraphQlSseHandler {

	GraphQlOverSse(WebGraphQlHandler handler, GraphQlProperties properties) {
		super(handler, null, properties.getHttp().getSse().getKeepAlive());
	}

	@Override
	protected Mono<ServerResponse> prepareResponse(ServerRequest request, WebGraphQlResponse response) {
		if (response.getData() instanceof Publisher) {
			return super.prepareResponse(request, response);
		}
		Flux<ServerSentEvent<Map<String, Object>>> events = Flux.just(event("next", response.toMap()),
				event("complete", Map.of()));
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.body(BodyInserters.fromServerSentEvents(events));
	}

	private static ServerSentEvent<Map<String, Object>> event(String name, Map<String, Object> data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

}
