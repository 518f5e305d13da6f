package dev.belfry.transport;

import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webflux.GraphQlWebSocketHandler;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.socket.WebSocketSession;

import reactor.core.publisher.Mono;

/** GraphQL over WebSocket, on sockets that know their viewer. */
@Component
class GraphQlOverWebSocket extends GraphQlWebSocketHandler {

	GraphQlOverWebSocket(WebGraphQlHandler handler, ServerCodecConfigurer codecs, GraphQlProperties properties,
			GraphQlCorsProperties cors) {
		super(handler, codecs, properties.getWebsocket().getConnectionInitTimeout(),
				properties.getWebsocket().getKeepAlive(), sameOriginUnless(cors));
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		return super.handle(new Socket(session));
	}

	/** An empty configuration refuses every foreign origin. */
	private static CorsConfiguration sameOriginUnless(GraphQlCorsProperties cors) {
		CorsConfiguration allowed = cors.toCorsConfiguration();
		return (allowed != null) ? allowed : new CorsConfiguration();
	}

}
