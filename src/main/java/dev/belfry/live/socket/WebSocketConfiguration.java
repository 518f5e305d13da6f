package dev.belfry.live.socket;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.reactive.socket.server.support.WebSocketUpgradeHandlerPredicate;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

import dev.belfry.input.Refusal;
import dev.belfry.web.connections.Seats;
import dev.belfry.web.tokens.Authorization;

/** Where sockets come in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SocketSettings.class)
class WebSocketConfiguration {

	private static final int BEFORE_HTTP = -2;

	@Bean
	HandlerMapping graphQlSockets(GraphQlOverWebSocket handler) {
		SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of("/graphql", handler), BEFORE_HTTP);
		mapping.setHandlerPredicate(new WebSocketUpgradeHandlerPredicate());
		return mapping;
	}

	@Bean
	WebSocketHandlerAdapter webSocketHandlerAdapter(Seats seats) {
		WebSocketService service = new HandshakeWebSocketService(new Upgrade(seats));
		return new WebSocketHandlerAdapter(service);
	}

	/** As Spring's own, but for a session that shows what is below it. */
	private static final class Upgrade implements RequestUpgradeStrategy {

		private final Seats seats;

		Upgrade(Seats seats) {
			this.seats = seats;
		}

		@Override
		public Mono<Void> upgrade(ServerWebExchange exchange, WebSocketHandler handler, @Nullable String subProtocol,
				Supplier<HandshakeInfo> handshake) {
			ServerHttpRequest request = exchange.getRequest();
			try {
				this.seats.refuseIfFull(request.getRemoteAddress(), Authorization.in(request.getHeaders()));
			}
			catch (Refusal tooMany) {
				return Mono.error(tooMany);
			}
			ServerHttpResponse response = exchange.getResponse();
			HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
			NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
			WebsocketServerSpec.Builder spec = FrameGuard.spec(GraphQlOverWebSocket.LONGEST_MESSAGE);
			if (isOffered(exchange)) {
				spec.protocols(GraphQlOverWebSocket.SUBPROTOCOL);
			}
			HandshakeInfo info = new HandshakeInfo(exchange.getRequest().getURI(), token(exchange),
					new LinkedMultiValueMap<>(), Mono.empty(), null, exchange.getRequest().getRemoteAddress(), Map.of(),
					null);
			return response.setComplete().then(Mono.defer(() -> netty.sendWebsocket((inbound, outbound) -> {
				forget(exchange);
				return handler.handle(new GraphQlOverWebSocket.NettySession(inbound, outbound, info, buffers,
						GraphQlOverWebSocket.LONGEST_MESSAGE));
			}, spec.build())));
		}

		/**
		 * All that is wanted of the headers; it is looked at when the client asks to be
		 * let in.
		 */
		private static HttpHeaders token(ServerWebExchange exchange) {
			String authorization = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
			if (authorization == null) {
				return HttpHeaders.EMPTY;
			}
			HttpHeaders headers = new HttpHeaders();
			headers.set(HttpHeaders.AUTHORIZATION, authorization);
			return headers;
		}

		/**
		 * What was said in the handshake, which Spring and Reactor Netty would keep for
		 * as long as the socket lives.
		 */
		private static void forget(ServerWebExchange exchange) {
			HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
			HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
			request.requestHeaders().clear();
			response.responseHeaders().clear();
			exchange.getAttributes().clear();
		}

		/**
		 * Spring overlooks a protocol that is offered after a blank, and Reactor Netty
		 * calls no handler when it has one to choose and it is not offered.
		 */
		private static boolean isOffered(ServerWebExchange exchange) {
			String offered = exchange.getRequest().getHeaders().getFirst("Sec-WebSocket-Protocol");
			return Arrays.asList(StringUtils.tokenizeToStringArray(offered, ","))
				.contains(GraphQlOverWebSocket.SUBPROTOCOL);
		}

	}

}
