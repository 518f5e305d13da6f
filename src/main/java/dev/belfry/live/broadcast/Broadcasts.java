package dev.belfry.live.broadcast;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import dev.belfry.graphql.answers.Answers;
import dev.belfry.graphql.errors.Failures;
import dev.belfry.graphql.execution.Progress;
import dev.belfry.input.Refusal;
import dev.belfry.log.retention.LogShortened;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.quotas.Quotas;
import dev.belfry.quotas.Use;
import dev.belfry.viewer.Viewer;

/**
 * The subscriptions that run on this node, each executed once for all who may share it.
 */
@Component
public class Broadcasts {

	private static final URI ENDPOINT = URI.create("/graphql");

	/** So long an event is kept at least for those who come to its beginning. */
	private static final Duration RECENT = Duration.ofSeconds(10);

	/** What is kept, in bytes, of all broadcasts together. */
	private static final long MOST_RECENT = 16L << 20;

	private final Map<Broadcast.Key, Open> open = new ConcurrentHashMap<>();

	private final AtomicLong recentBudget = new AtomicLong(MOST_RECENT);

	private final WebGraphQlHandler handler;

	private final Answers answers;

	private final Quotas quotas;

	private final Counter events;

	Broadcasts(WebGraphQlHandler handler, Answers answers, Quotas quotas, MeterRegistry metrics, Loops loops) {
		this.handler = handler;
		this.answers = answers;
		this.quotas = quotas;
		this.events = metrics.counter("belfry.live.events");
		metrics.gaugeMapSize("belfry.live.broadcasts", List.of(), this.open);
		loops.run(LoopPlan.every(RECENT, "recent events", "Events that nobody needs any more are kept"),
				() -> Mono.fromRunnable(this::forget));
	}

	/**
	 * Lets a listener join those who may share its subscription, if its quota allows. On
	 * its event loop.
	 */
	public void join(Broadcast.Key key, Listener listener) {
		Refusal refusal = this.quotas.take(listener.viewer(), Use.SUBSCRIPTIONS, 1).refusal();
		if (refusal != null) {
			listener.send(refused(refusal));
			return;
		}
		Open joined = Objects.requireNonNull(this.open.compute(key, (own, known) -> {
			Open entered = (known != null) ? known
					: new Open(new Broadcast(own, this, new RecentEvents(this.recentBudget)));
			entered.listeners++;
			return entered;
		}));
		listener.join(joined.broadcast);
	}

	/** A listener has left. */
	void leave(Broadcast.Key key) {
		this.open.computeIfPresent(key, (own, known) -> (--known.listeners > 0) ? known : null);
	}

	/** A client that resumes at an old position gets no entry that was removed. */
	@EventListener
	void on(LogShortened shortened) {
		long now = System.nanoTime();
		this.open.forEach((key, known) -> {
			if (shortened.account().equals(key.account())) {
				known.broadcast.forgetBefore(now);
			}
		});
	}

	/** Forgets the events that nobody needs any more who comes back. */
	private void forget() {
		long before = System.nanoTime() - RECENT.toNanos();
		this.open.values().forEach((known) -> known.broadcast.forgetBefore(before));
	}

	/**
	 * Runs an execution from its place on, for one who may be any of the listeners. It
	 * goes in two steps, so that while it emits nothing is kept of how it was started.
	 */
	void run(Broadcast.Key key, LiveExecution execution, Viewer viewer) {
		Progress progress = execution.progress();
		WebGraphQlRequest request = request(key, execution);
		String id = request.getId();
		Context context = Context.of(Progress.class, progress, Viewer.class,
				(key.userId() != null) ? viewer : viewer.withoutUser());
		execution.startedBy(Mono.defer(() -> {
			execution.begins();
			return this.handler.handleRequest(request);
		})
			.subscribeOn(Schedulers.parallel())
			.map((response) -> events(response, progress))
			.contextWrite(context)
			.onErrorResume((problem) -> Mono.just(Flux.error(problem)))
			.subscribe((events) -> events.onErrorResume((problem) -> Mono.fromSupplier(() -> failed(problem, id)))
				.contextWrite(context)
				.subscribe(execution)));
	}

	private static WebGraphQlRequest request(Broadcast.Key key, LiveExecution execution) {
		return new WebGraphQlRequest(ENDPOINT, new HttpHeaders(), new LinkedMultiValueMap<>(), null, Map.of(),
				key.subscription().request(execution.progress().since()),
				Integer.toHexString(System.identityHashCode(execution)), null);
	}

	private Flux<LiveEvent> events(WebGraphQlResponse response, Progress progress) {
		if (response.getData() instanceof Publisher<?> results) {
			return Flux.from(results)
				.cast(ExecutionResult.class)
				.map((result) -> next(result, progress))
				.concatWith(Mono.fromSupplier(LiveEvent::complete));
		}
		return Flux.just(error(response.getExecutionResult().getErrors()));
	}

	private LiveEvent next(ExecutionResult result, Progress progress) {
		this.events.increment();
		return LiveEvent.next(this.answers.write(result.toSpecification()), StreamPosition.after(progress.position()));
	}

	public LiveEvent refused(Refusal refusal) {
		return error(List.of(Failures.error(refusal)));
	}

	LiveEvent failed(Throwable problem, @Nullable String id) {
		return error((problem instanceof SubscriptionPublisherException ended) ? ended.getErrors()
				: List.of(Failures.error(Failures.refusal(problem, id))));
	}

	private LiveEvent error(List<GraphQLError> errors) {
		return LiveEvent.error(this.answers.write(errors.stream().map(GraphQLError::toSpecification).toList()));
	}

	/** A broadcast with how many listen to it. Counted under the map's lock. */
	private static final class Open {

		private final Broadcast broadcast;

		private int listeners;

		Open(Broadcast broadcast) {
			this.broadcast = broadcast;
		}

	}

}
