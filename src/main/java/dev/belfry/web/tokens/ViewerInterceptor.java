package dev.belfry.web.tokens;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import graphql.ExecutionResult;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.stereotype.Component;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.graphql.execution.LiveObservations;
import dev.belfry.graphql.execution.Progress;
import dev.belfry.input.Refusal;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Says who is asking, over HTTP, server-sent events and WebSocket alike: no operation
 * runs without a viewer, or with one whose token has expired. A live connection ends
 * itself when that happens later.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ViewerInterceptor implements WebGraphQlInterceptor {

	private final Tokens tokens;

	ViewerInterceptor(Tokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
		return Mono.deferContextual((context) -> viewer()
			.flatMap((viewer) -> run(request, chain, viewer, context.<Progress>getOrEmpty(Progress.class)))
			.switchIfEmpty(Mono.fromSupplier(() -> answer(request, Refusal.unauthenticated("This needs a token.")))));
	}

	private Mono<WebGraphQlResponse> run(WebGraphQlRequest request, Chain chain, Viewer viewer,
			Optional<Progress> progress) {
		Duration left = this.tokens.timeLeft(viewer);
		if (left.isNegative() || left.isZero()) {
			return Mono.just(answer(request, RefusedToken.expired()));
		}
		request.configureExecutionInput((input,
				builder) -> builder.graphQLContext(Map.of(Viewer.CONTEXT_KEY, viewer, Progress.CONTEXT_KEY,
						progress.orElseGet(() -> new Progress(null, true)), LiveObservations.CONTEXT_KEY,
						progress.isPresent()))
					.build());
		return chain.next(request)
			.contextWrite(Context.of(Viewer.class, viewer))
			.map((response) -> viewer.epoch().isOver() ? answer(request, replaced()) : response);
	}

	/**
	 * What was asked, and what was read, may be of two histories. A mutation may have
	 * been done, or lost.
	 */
	private static Refusal replaced() {
		return Refusal.unavailable("The database was just replaced. Try again in a moment.");
	}

	/** The viewer of a live connection, or else of the HTTP request. */
	public static Mono<Viewer> viewer() {
		return Mono.deferContextual((context) -> Mono.justOrEmpty(context.<Viewer>getOrEmpty(Viewer.class)))
			.switchIfEmpty(ReactiveSecurityContextHolder.getContext()
				.mapNotNull((context) -> (context.getAuthentication() instanceof ViewerAuthentication known)
						? known.getPrincipal() : null));
	}

	private static WebGraphQlResponse answer(WebGraphQlRequest request, Refusal refusal) {
		ExecutionResult result = ExecutionResult.newExecutionResult().addError(Failures.error(refusal)).build();
		return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
	}

}
