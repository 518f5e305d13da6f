package dev.belfry.graphql.execution;

import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;

import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
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

	/**
	 * In all lists whose length the operation says, of which one within another counts as
	 * often as there may be it.
	 */
	private static final int MOST_ITEMS = 5_000;

	/** In all lists. */
	private static final int MOST_ITEMS_IN_ALL = 20_000;

	/** What a list counts as that has no argument by which it is as long as it is. */
	private static final int UNKNOWN_LENGTH = 5;

	private static final Set<String> PAGE_ARGUMENTS = Set.of("first", "last");

	private static final String IDS = "ids";

	private static final String CONNECTION = "Connection";

	@Override
	public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
			InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
		ExecutionContext context = parameters.getExecutionContext();
		new Count(context).add(context.getOperationDefinition());
		return super.beginExecuteOperation(parameters, state);
	}

	private static final class Count {

		private final ExecutionContext context;

		private int selections;

		private int rootFields;

		private long items;

		private long itemsInAll;

		Count(ExecutionContext context) {
			this.context = context;
		}

		void add(OperationDefinition operation) {
			GraphQLSchema schema = this.context.getGraphQLSchema();
			GraphQLObjectType root = switch (operation.getOperation()) {
				case QUERY -> schema.getQueryType();
				case MUTATION -> schema.getMutationType();
				case SUBSCRIPTION -> schema.getSubscriptionType();
			};
			add(operation.getSelectionSet(), root, 1, 1, 1);
		}

		/**
		 * Adds what is selected.
		 * @param type of what; null within an introspection
		 * @param times of how many objects it is
		 * @param page how many items there are if these are pages
		 */
		private void add(@Nullable SelectionSet set, @Nullable GraphQLType type, int depth, long times, int page) {
			if (set == null) {
				return;
			}
			for (Selection<?> selection : set.getSelections()) {
				check(++this.selections, MOST_SELECTIONS, "selections");
				add(selection, type, depth, times, page);
			}
		}

		private void add(Selection<?> selection, @Nullable GraphQLType type, int depth, long times, int page) {
			if (selection instanceof Field field) {
				addField(field, type, depth, times, page);
			}
			else if (selection instanceof InlineFragment fragment) {
				TypeName condition = fragment.getTypeCondition();
				add(fragment.getSelectionSet(), (condition != null) ? named(condition) : type, depth, times, page);
			}
			else if (selection instanceof FragmentSpread spread) {
				FragmentDefinition fragment = this.context.getFragment(spread.getName());
				add(fragment.getSelectionSet(), named(fragment.getTypeCondition()), depth, times, page);
			}
		}

		private @Nullable GraphQLType named(TypeName name) {
			return this.context.getGraphQLSchema().getType(name.getName());
		}

		private void addField(Field field, @Nullable GraphQLType type, int depth, long times, int page) {
			check(depth, DEEPEST, "levels");
			if (depth == 1) {
				check(++this.rootFields, MOST_ROOT_FIELDS, "fields at its root");
			}
			GraphQLFieldDefinition definition = (type instanceof GraphQLFieldsContainer container)
					? container.getFieldDefinition(field.getName()) : null;
			long objects = times;
			if (definition != null && isListOfObjects(definition.getType())) {
				Integer asked = asked(field, definition, container(type), page);
				objects = times * ((asked != null) ? asked : UNKNOWN_LENGTH);
				this.items += (asked != null) ? objects : 0;
				this.itemsInAll += objects;
				check(this.items, MOST_ITEMS, "items in all its pages");
				check(this.itemsInAll, MOST_ITEMS_IN_ALL, "items in all its lists");
			}
			// An introspection is deeper than any query, and GraphQL Java bounds it
			// itself.
			boolean introspection = field.getName().startsWith("__");
			add(field.getSelectionSet(), (definition != null) ? GraphQLTypeUtil.unwrapAll(definition.getType()) : null,
					introspection ? INTROSPECTION : depth + 1, objects, page(field, definition));
		}

		private static boolean isListOfObjects(GraphQLType type) {
			return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(type))
					&& GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLCompositeType;
		}

		/** How many items of a list the operation asks for; null if it does not say. */
		private @Nullable Integer asked(Field field, GraphQLFieldDefinition definition, String container, int page) {
			if (container.endsWith(CONNECTION)) {
				return page;
			}
			if (definition.getArgument(IDS) != null) {
				return field.getArguments()
					.stream()
					.filter((argument) -> argument.getName().equals(IDS))
					.mapToInt(this::number)
					.sum();
			}
			return PAGE_ARGUMENTS.stream().anyMatch((name) -> definition.getArgument(name) != null)
					? page(field, definition) : null;
		}

		private static String container(@Nullable GraphQLType type) {
			return (type instanceof GraphQLNamedType named) ? named.getName() : "";
		}

		private int number(Argument argument) {
			Object value = value(argument);
			return (value instanceof ArrayValue literal) ? literal.getValues().size()
					: (value instanceof Collection<?> ids) ? ids.size() : 1;
		}

		/**
		 * How many items a field asks for, if it has any. What is out of range is refused
		 * later.
		 */
		private int page(Field field, @Nullable GraphQLFieldDefinition definition) {
			return field.getArguments()
				.stream()
				.filter((argument) -> PAGE_ARGUMENTS.contains(argument.getName()))
				.map(this::size)
				.filter(Objects::nonNull)
				.max(Comparator.naturalOrder())
				.orElseGet(() -> usual(definition));
		}

		private static int usual(@Nullable GraphQLFieldDefinition definition) {
			GraphQLArgument first = (definition != null) ? definition.getArgument("first") : null;
			return (first != null && first.hasSetDefaultValue()
					&& GraphQLArgument.getArgumentDefaultValue(first) instanceof Integer usual) ? usual
							: PageRequest.DEFAULT;
		}

		/** Null if it is null or absent, so that the default applies. */
		private @Nullable Integer size(Argument argument) {
			Object value = value(argument);
			Number asked = (value instanceof IntValue literal) ? literal.getValue()
					: (value instanceof Integer number) ? number : null;
			return (asked != null) ? (int) Math.max(1, Math.min(asked.longValue(), PageRequest.MOST)) : null;
		}

		/** A literal, or the value of a variable. */
		private @Nullable Object value(Argument argument) {
			return (argument.getValue() instanceof VariableReference variable)
					? this.context.getCoercedVariables().get(variable.getName()) : argument.getValue();
		}

		private static void check(long number, int most, String what) {
			if (number > most) {
				throw new AbortExecutionException("An operation may have at most " + most + " " + what + ".");
			}
		}

	}

}
