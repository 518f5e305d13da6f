package dev.belfry.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import graphql.ExecutionResult;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.Viewer;
import dev.belfry.platform.Failures;
import dev.belfry.platform.Refusal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Says who is asking, over HTTP, server-sent events and WebSocket alike: no operation
 * runs without a viewer, and none goes on when the viewer's token has expired.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ViewerInterceptor implements WebSocketGraphQlInterceptor {

	private final Tokens tokens;

	ViewerInterceptor(Tokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
		LiveSocket socket = SocketInfo.socketOf(session);
		return this.tokens.viewer(payload.get("authorization"))
			.doOnNext((viewer) -> socket.admit(viewer, this.tokens.timeLeft(viewer)))
			.then(Mono.empty());
	}

	@Override
	public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
		return viewer(request).flatMap((viewer) -> run(request, chain, viewer))
			.switchIfEmpty(
					Mono.defer(() -> Mono.just(answer(request, Refusal.unauthenticated("This needs a token.")))));
	}

	private Mono<WebGraphQlResponse> run(WebGraphQlRequest request, Chain chain, Viewer viewer) {
		Duration left = this.tokens.timeLeft(viewer);
		if (left.isNegative() || left.isZero()) {
			return Mono.just(answer(request, Tokens.expired()));
		}
		request.configureExecutionInput(
				(input, builder) -> builder.graphQLContext(Map.of(Viewer.CONTEXT_KEY, viewer)).build());
		// A socket closes itself when its token expires, unless it was shown a new one.
		return (request instanceof WebSocketGraphQlRequest) ? chain.next(request)
				: chain.next(request).map((response) -> bounded(response, left));
	}

	private static Mono<Viewer> viewer(WebGraphQlRequest request) {
		if (request instanceof WebSocketGraphQlRequest live) {
			return Mono.justOrEmpty(SocketInfo.socketOf(live.getSessionInfo()).viewer());
		}
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull((context) -> (context.getAuthentication() instanceof ViewerAuthentication known)
					? known.getPrincipal() : null);
	}

	private static WebGraphQlResponse bounded(WebGraphQlResponse response, Duration left) {
		if (!(response.getData() instanceof Publisher<?> events)) {
			return response;
		}
		Mono<Void> end = Mono.delay(left).then(Mono.error(ViewerInterceptor::expired));
		return response
			.transform((result) -> result.data(Flux.from(events).cast(ExecutionResult.class).takeUntilOther(end)));
	}

	private static Throwable expired() {
		return new SubscriptionPublisherException(List.of(Failures.error(Tokens.expired())), null);
	}

	private static WebGraphQlResponse answer(WebGraphQlRequest request, Refusal refusal) {
		ExecutionResult result = ExecutionResult.newExecutionResult().addError(Failures.error(refusal)).build();
		return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
	}

}
