package dev.belfry.graphql.admission;

import java.util.Map;
import java.util.function.Function;

import graphql.ExecutionResult;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.stereotype.Component;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.graphql.execution.Progress;
import dev.belfry.input.Refusal;
import dev.belfry.store.SharedConnections.Asker;
import dev.belfry.store.Transactions;
import dev.belfry.values.OneLine;
import dev.belfry.viewer.Viewer;
import dev.belfry.work.FairGate;
import dev.belfry.work.Headroom;
import dev.belfry.work.JustBegun;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Lets as many queries and mutations run as a node can answer soon, whatever they came
 * by, and refuses the others early. One that has begun goes on to its end though its
 * client has left, and counts until then: what it asked of the database cannot be called
 * back. Subscriptions that run wait for their turn and are never refused.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@EnableConfigurationProperties(AdmissionSettings.class)
class Admission implements WebGraphQlInterceptor {

	/** Whose turn it is if no account is named. */
	static final String PLATFORM = "the platform";

	private final Places places;

	private final TenantWork work;

	private final SlowRefusals refusals;

	Admission(AdmissionSettings settings, TenantWork work, Headroom headroom, MeterRegistry meters) {
		this.work = work;
		this.refusals = new SlowRefusals(settings.refusalDelay());
		this.places = new Places(settings, headroom, meters);
	}

	@Override
	public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
		return Mono.deferContextual((context) -> {
			Viewer viewer = context.get(Viewer.class);
			String who = who(viewer, request);
			if (context.hasKey(Progress.class)) {
				return chain.next(request).contextWrite(Context.of(Asker.class, new Asker(who, true)));
			}
			Running running = context.<Running>getOrEmpty(Running.class).orElseGet(Running::new);
			Mono<WebGraphQlResponse> answer = Mono.defer(() -> chain.next(request))
				.contextWrite(Context.of(Asker.class, new Asker(who, false)));
			return this.places.enter(who)
				.transform(apart(request.getVariables(), viewer, who))
				.doOnDiscard(FairGate.Pass.class, FairGate.Pass::leave)
				.flatMap((place) -> run(answer.contextWrite(Context.of(JustBegun.class, place)), place, running))
				.flatMap((response) -> Mono.just(response).transform(apart(response.getData(), viewer, who)))
				.onErrorResume(Refusal.class, (refusal) -> Mono.just(refused(request, refusal)))
				.flatMap((response) -> SlowRefusals.isRefused(request.getDocument(), response)
						? this.refusals.answer(who, response) : Mono.just(response))
				.doOnNext(RateLimitFields::write);
		});
	}

	/** What is large is read and written where it keeps no event loop busy. */
	private <T> Function<Mono<T>, Mono<T>> apart(@Nullable Object values, Viewer viewer, String who) {
		return LargeValues.isLarge(values) ? (mono) -> mono.publishOn(this.work.of(viewer, who)) : (mono) -> mono;
	}

	private static Mono<WebGraphQlResponse> run(Mono<WebGraphQlResponse> answer, FairGate.Pass pass, Running running) {
		if (!running.begin()) {
			pass.leave();
			return Mono.empty();
		}
		return Transactions.detached(answer.doFinally((signal) -> {
			pass.leave();
			running.end();
		}));
	}

	private static WebGraphQlResponse refused(WebGraphQlRequest request, Refusal refusal) {
		ExecutionResult result = ExecutionResult.newExecutionResult().addError(Failures.error(refusal)).build();
		return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
	}

	/**
	 * Whose turn it is. What the platform hands in counts for the account that it names
	 * in its variables, apart from what that account asks itself: neither waits for the
	 * other, and one account that is slow to take in does not keep the platform from
	 * handing in for others.
	 */
	private static String who(Viewer viewer, WebGraphQlRequest request) {
		if (viewer.account() != null) {
			return "account " + OneLine.shown(viewer.account().externalId());
		}
		String named = named(request.getVariables());
		return (named != null) ? PLATFORM + " for account " + OneLine.shown(named) : PLATFORM;
	}

	private static @Nullable String named(Map<String, Object> variables) {
		Object input = variables.get("input");
		Object account = (input instanceof Map<?, ?> fields) ? fields.get("account") : variables.get("account");
		return (account instanceof String name) ? name : null;
	}

}
