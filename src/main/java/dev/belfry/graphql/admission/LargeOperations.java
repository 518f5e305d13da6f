package dev.belfry.graphql.admission;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

import graphql.GraphQLContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import org.springframework.stereotype.Component;

import dev.belfry.graphql.execution.OperationLimits;
import dev.belfry.viewer.Viewer;
import dev.belfry.work.TenantWork;
import reactor.core.scheduler.Scheduler;

/**
 * Completes the fields of large operations on the threads for tenants' work. Else the
 * event loop that brings rows from the database would do it, while those of others wait.
 */
@Component
class LargeOperations extends SimplePerformantInstrumentation {

	private final TenantWork work;

	LargeOperations(TenantWork work) {
		this.work = work;
	}

	@Override
	public DataFetcher<?> instrumentDataFetcher(DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters,
			InstrumentationState state) {
		GraphQLContext context = parameters.getExecutionContext().getGraphQLContext();
		if (parameters.isTrivialDataFetcher() || !context.getBoolean(OperationLimits.LARGE_OPERATION, false)) {
			return fetcher;
		}
		Viewer viewer = context.get(Viewer.CONTEXT_KEY);
		if (viewer == null) {
			return fetcher;
		}
		Scheduler threads = this.work.of(viewer, Admission.PLATFORM);
		return (environment) -> {
			Object value = fetcher.get(environment);
			return (value instanceof CompletionStage<?> stage)
					? stage.thenApplyAsync(Function.identity(), (Executor) threads::schedule) : value;
		};
	}

}
