package dev.belfry.graphql.execution;

import java.util.Set;

import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.graphql.relay.PageRequest;

/**
 * Refuses operations that are deep or wide beyond what any client needs, or ask for more
 * items than a node should hold, before they run. A fragment counts as often as it is
 * spread, which GraphQL Java's own measures do not see.
 */
@Component
class OperationLimits extends SimplePerformantInstrumentation {

	private static final int DEEPEST = 15;

	private static final int MOST_ROOT_FIELDS = 30;

	private static final int INTROSPECTION = -1_000;

	private static final int MOST_SELECTIONS = 2_000;

	/** In all pages, of which one within another counts as often as there may be it. */
	private static final int MOST_ITEMS = 5_000;

	private static final Set<String> PAGE_ARGUMENTS = Set.of("first", "last");

	private static final Set<String> ITEMS = Set.of("nodes", "edges");

	@Override
	public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
			InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
		ExecutionContext context = parameters.getExecutionContext();
		new Count(context).add(context.getOperationDefinition().getSelectionSet(), 1, 1, 1);
		return super.beginExecuteOperation(parameters, state);
	}

	private static final class Count {

		private final ExecutionContext context;

		private int selections;

		private int rootFields;

		private long items;

		Count(ExecutionContext context) {
			this.context = context;
		}

		/**
		 * Adds what is selected.
		 * @param times of how many objects it is
		 * @param page how many items there are if these are pages
		 */
		void add(@Nullable SelectionSet set, int depth, long times, int page) {
			if (set == null) {
				return;
			}
			for (Selection<?> selection : set.getSelections()) {
				check(++this.selections, MOST_SELECTIONS, "selections");
				add(selection, depth, times, page);
			}
		}

		private void add(Selection<?> selection, int depth, long times, int page) {
			if (selection instanceof Field field) {
				addField(field, depth, times, page);
			}
			else if (selection instanceof InlineFragment fragment) {
				add(fragment.getSelectionSet(), depth, times, page);
			}
			else if (selection instanceof FragmentSpread spread) {
				add(this.context.getFragment(spread.getName()).getSelectionSet(), depth, times, page);
			}
		}

		private void addField(Field field, int depth, long times, int page) {
			check(depth, DEEPEST, "levels");
			if (depth == 1) {
				check(++this.rootFields, MOST_ROOT_FIELDS, "fields at its root");
			}
			long objects = ITEMS.contains(field.getName()) ? times * page : times;
			if (objects > times) {
				this.items += objects;
				check(this.items, MOST_ITEMS, "items in all its pages");
			}
			// An introspection is deeper than any query, and GraphQL Java bounds it
			// itself.
			boolean introspection = field.getName().startsWith("__");
			add(field.getSelectionSet(), introspection ? INTROSPECTION : depth + 1, objects, page(field));
		}

		/**
		 * How many items a field asks for, if it has any. What is out of range is refused
		 * later.
		 */
		private int page(Field field) {
			return field.getArguments()
				.stream()
				.filter((argument) -> PAGE_ARGUMENTS.contains(argument.getName()))
				.mapToInt(this::size)
				.max()
				.orElse(PageRequest.DEFAULT);
		}

		private int size(Argument argument) {
			Object value = (argument.getValue() instanceof VariableReference variable)
					? this.context.getCoercedVariables().get(variable.getName()) : argument.getValue();
			Number asked = (value instanceof IntValue literal) ? literal.getValue()
					: (value instanceof Integer number) ? number : PageRequest.DEFAULT;
			return (int) Math.max(1, Math.min(asked.longValue(), PageRequest.MOST));
		}

		private static void check(long number, int most, String what) {
			if (number > most) {
				throw new AbortExecutionException("An operation may have at most " + most + " " + what + ".");
			}
		}

	}

}
