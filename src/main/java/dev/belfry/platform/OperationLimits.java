package dev.belfry.platform;

import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Field;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses operations that are deep or wide beyond what any client needs, before they run.
 * A fragment counts as often as it is spread, which GraphQL Java's own measures do not
 * see.
 */
@Component
class OperationLimits extends SimplePerformantInstrumentation {

	private static final int DEEPEST = 15;

	private static final int MOST_ROOT_FIELDS = 30;

	private static final int INTROSPECTION = -1_000;

	private static final int MOST_SELECTIONS = 2_000;

	@Override
	public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
			InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
		ExecutionContext context = parameters.getExecutionContext();
		new Count(context).add(context.getOperationDefinition().getSelectionSet(), 1);
		return super.beginExecuteOperation(parameters, state);
	}

	private static final class Count {

		private final ExecutionContext context;

		private int selections;

		private int rootFields;

		Count(ExecutionContext context) {
			this.context = context;
		}

		void add(@Nullable SelectionSet set, int depth) {
			if (set == null) {
				return;
			}
			for (Selection<?> selection : set.getSelections()) {
				check(++this.selections, MOST_SELECTIONS, "selections");
				add(selection, depth);
			}
		}

		private void add(Selection<?> selection, int depth) {
			if (selection instanceof Field field) {
				addField(field, depth);
			}
			else if (selection instanceof InlineFragment fragment) {
				add(fragment.getSelectionSet(), depth);
			}
			else if (selection instanceof FragmentSpread spread) {
				add(this.context.getFragment(spread.getName()).getSelectionSet(), depth);
			}
		}

		private void addField(Field field, int depth) {
			check(depth, DEEPEST, "levels");
			if (depth == 1) {
				check(++this.rootFields, MOST_ROOT_FIELDS, "fields at its root");
			}
			// An introspection is deeper than any query, and GraphQL Java bounds it
			// itself.
			boolean introspection = field.getName().startsWith("__");
			add(field.getSelectionSet(), introspection ? INTROSPECTION : depth + 1);
		}

		private static void check(int number, int most, String what) {
			if (number > most) {
				throw new AbortExecutionException("An operation may have at most " + most + " " + what + ".");
			}
		}

	}

}
