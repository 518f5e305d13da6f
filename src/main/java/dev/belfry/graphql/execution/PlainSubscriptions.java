package dev.belfry.graphql.execution;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.execution.Async;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FetchedValue;
import graphql.execution.MergedField;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.reactive.SubscriptionPublisher;
import graphql.language.OperationDefinition;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
import reactor.core.publisher.Flux;

/**
 * Runs subscriptions as GraphQL Java does, but reads the events of one that selects
 * nothing but properties by a {@link PlainSelection}, made once, instead of a run of the
 * engine for each event.
 */
final class PlainSubscriptions extends SubscriptionExecutionStrategy {

	/** Of documents without variables, for as long as they are remembered. */
	private final Cache<OperationDefinition, Optional<PlainSelection>> selections = Caffeine.newBuilder()
		.weakKeys()
		.build();

	PlainSubscriptions(DataFetcherExceptionHandler exceptionHandler) {
		super(exceptionHandler);
	}

	@Override
	public CompletableFuture<ExecutionResult> execute(ExecutionContext context,
			ExecutionStrategyParameters parameters) {
		CompletableFuture<ExecutionResult> executed = super.execute(context, parameters);
		MergedField root = parameters.getFields().getSubFieldsList().get(0);
		return selection(context, root)
			.map((selection) -> executed.thenApply((result) -> plain(result, root.getResultKey(), selection)))
			.orElse(executed);
	}

	/** Whoever carries the stream learns where it is with each event before the event. */
	@Override
	protected Object fetchField(ExecutionContext context, ExecutionStrategyParameters parameters) {
		Progress progress = context.getGraphQLContext().get(Progress.CONTEXT_KEY);
		return Async.toCompletableFuture(super.fetchField(context, parameters))
			.thenApply(FetchedValue::getFetchedValue)
			.thenApply((fetched) -> (fetched instanceof Publisher<?> events)
					? Flux.from(events).doOnNext((event) -> progress.moveTo(((Positioned) event).position()))
					: fetched);
	}

	private Optional<PlainSelection> selection(ExecutionContext context, MergedField root) {
		OperationDefinition operation = context.getOperationDefinition();
		return operation.getVariableDefinitions().isEmpty()
				? this.selections.get(operation, (fresh) -> PlainSelection.of(context, root))
				: PlainSelection.of(context, root);
	}

	private static ExecutionResult plain(ExecutionResult result, String key, PlainSelection selection) {
		@Nullable Object data = result.getData();
		if (!(data instanceof SubscriptionPublisher events)) {
			return result;
		}
		return new ExecutionResultImpl(
				Flux.from(events.getUpstreamPublisher())
					.map((event) -> new ExecutionResultImpl(Map.of(key, selection.read(event)), null)),
				result.getErrors());
	}

	@Configuration(proxyBeanMethods = false)
	static class Wiring {

		/**
		 * Spring's observations give every execution a registry of data loaders, for
		 * which GraphQL Java keeps a record of each event for as long as a subscription
		 * lives. Belfry has no data loaders, so nothing has to be dispatched.
		 */
		@Bean
		GraphQlSourceBuilderCustomizer plainSelections(ObjectProvider<DataFetcherExceptionResolver> resolvers) {
			DataFetcherExceptionHandler exceptionHandler = DataFetcherExceptionResolver
				.createExceptionHandler(resolvers.orderedStream().toList());
			return (builder) -> builder
				.configureGraphQl((graphQl) -> graphQl.queryExecutionStrategy(new PlainQueries(exceptionHandler))
					.subscriptionExecutionStrategy(new PlainSubscriptions(exceptionHandler))
					.doNotAutomaticallyDispatchDataLoader());
		}

	}

}
