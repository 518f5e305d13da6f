package dev.belfry.graphql.admission;

import java.util.List;

import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Field;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.graphql.execution.LiveObservations;
import dev.belfry.quotas.Quotas;
import dev.belfry.quotas.Use;
import dev.belfry.viewer.Viewer;

/**
 * Counts each field at the root of an operation, before it runs. Subscriptions of live
 * connections are counted where they are started, whoever shares them.
 */
@Component
class OperationQuota extends SimplePerformantInstrumentation {

	/** More are refused elsewhere. */
	private static final int MOST_COUNTED = 100;

	private final Quotas quotas;

	OperationQuota(Quotas quotas) {
		this.quotas = quotas;
	}

	@Override
	public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
			InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
		ExecutionContext execution = parameters.getExecutionContext();
		GraphQLContext context = execution.getGraphQLContext();
		Viewer viewer = context.get(Viewer.CONTEXT_KEY);
		if (viewer != null && !context.getBoolean(LiveObservations.CONTEXT_KEY, false)) {
			OperationDefinition operation = execution.getOperationDefinition();
			Quotas.Answer answer = this.quotas.take(viewer, use(operation), fields(execution, operation));
			context.put(Quotas.Answer.class, answer);
			if (answer.refusal() != null) {
				throw new AbortExecutionException(List.of(Failures.error(answer.refusal())));
			}
		}
		return super.beginExecuteOperation(parameters, state);
	}

	private static Use use(OperationDefinition operation) {
		return switch (operation.getOperation()) {
			case QUERY -> Use.READS;
			case MUTATION -> Use.WRITES;
			case SUBSCRIPTION -> Use.SUBSCRIPTIONS;
		};
	}

	private static int fields(ExecutionContext execution, OperationDefinition operation) {
		return Math.max(1, fields(execution, operation.getSelectionSet(), 0));
	}

	private static int fields(ExecutionContext execution, SelectionSet set, int before) {
		int number = before;
		for (Selection<?> selection : set.getSelections()) {
			if (number >= MOST_COUNTED) {
				return number;
			}
			if (selection instanceof Field) {
				number++;
			}
			else if (selection instanceof InlineFragment fragment) {
				number = fields(execution, fragment.getSelectionSet(), number);
			}
			else if (selection instanceof FragmentSpread spread) {
				number = fields(execution, execution.getFragment(spread.getName()).getSelectionSet(), number);
			}
		}
		return number;
	}

}
