package dev.belfry.web.connections;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Tells who reads a body that the rest of it is refused. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class GuardedBodies implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		return (request.getMethod() != HttpMethod.POST) ? chain.filter(exchange)
				: chain.filter(exchange.mutate().request(guarded(request)).build());
	}

	private static ServerHttpRequest guarded(ServerHttpRequest request) {
		AtomicReference<Mono<Void>> found = new AtomicReference<>();
		HttpServerRequest netty = ServerHttpRequestDecorator.getNativeRequest(request);
		netty.withConnection((connection) -> found.set(GuardedConnection.of(connection.channel()).refused()));
		Mono<Void> refusal = Objects.requireNonNull(found.get());
		return new ServerHttpRequestDecorator(request) {
			@Override
			public Flux<DataBuffer> getBody() {
				return super.getBody().takeUntilOther(refusal);
			}
		};
	}

}
