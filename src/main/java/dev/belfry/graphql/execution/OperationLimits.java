package dev.belfry.graphql.execution;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses operations that are deep or wide beyond what any client needs, or ask for more
 * items than a node should hold, before they run. A fragment counts as often as it is
 * spread, which GraphQL Java's own measures do not see.
 */
@Component
public class OperationLimits extends SimplePerformantInstrumentation {

	/**
	 * A key of the context, of true if an operation can have so many fields that they
	 * take long to complete.
	 */
	public static final String LARGE_OPERATION = OperationLimits.class.getName() + ".LARGE";

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

	/** So many values that are no objects count as an item. */
	private static final int VALUES_AN_ITEM = 10;

	/** So many fields take some milliseconds. */
	private static final long LARGE = 1_000;

	private final AtomicReference<@Nullable ListSizes> sizes = new AtomicReference<>();

	/**
	 * Reads from the schema how long its lists are, once, and refuses one that does not
	 * say it.
	 */
	ListSizes sizes(GraphQLSchema schema) {
		ListSizes known = this.sizes.get();
		if (known == null) {
			known = ListSizes.of(schema);
			this.sizes.set(known);
		}
		return known;
	}

	@Override
	public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
			InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
		ExecutionContext context = parameters.getExecutionContext();
		Count count = new Count(context, sizes(context.getGraphQLSchema()));
		count.add(context.getOperationDefinition());
		if (count.fields >= LARGE) {
			context.getGraphQLContext().put(LARGE_OPERATION, true);
		}
		return super.beginExecuteOperation(parameters, state);
	}

	private static final class Count {

		private final ExecutionContext context;

		private final ListSizes sizes;

		private int selections;

		private int rootFields;

		private long items;

		private long valuesInAll;

		/** As many as there are if all lists are as long as they may be. */
		private long fields;

		Count(ExecutionContext context, ListSizes sizes) {
			this.context = context;
			this.sizes = sizes;
		}

		void add(OperationDefinition operation) {
			GraphQLSchema schema = this.context.getGraphQLSchema();
			GraphQLObjectType root = switch (operation.getOperation()) {
				case QUERY -> schema.getQueryType();
				case MUTATION -> schema.getMutationType();
				case SUBSCRIPTION -> schema.getSubscriptionType();
			};
			add(operation.getSelectionSet(), root, 1, 1, Sized.NOTHING);
		}

		/**
		 * Adds what is selected.
		 * @param type of what; null within an introspection
		 * @param times of how many objects it is
		 * @param sized lists of it that are as long as an argument above says
		 */
		private void add(@Nullable SelectionSet set, @Nullable GraphQLType type, int depth, long times, Sized sized) {
			if (set == null) {
				return;
			}
			for (Selection<?> selection : set.getSelections()) {
				check(++this.selections, MOST_SELECTIONS, "selections");
				add(selection, type, depth, times, sized);
			}
		}

		private void add(Selection<?> selection, @Nullable GraphQLType type, int depth, long times, Sized sized) {
			if (selection instanceof Field field) {
				addField(field, type, depth, times, sized);
			}
			else if (selection instanceof InlineFragment fragment) {
				TypeName condition = fragment.getTypeCondition();
				add(fragment.getSelectionSet(), (condition != null) ? named(condition) : type, depth, times, sized);
			}
			else if (selection instanceof FragmentSpread spread) {
				FragmentDefinition fragment = this.context.getFragment(spread.getName());
				add(fragment.getSelectionSet(), named(fragment.getTypeCondition()), depth, times, sized);
			}
		}

		private @Nullable GraphQLType named(TypeName name) {
			return this.context.getGraphQLSchema().getType(name.getName());
		}

		private void addField(Field field, @Nullable GraphQLType type, int depth, long times, Sized sized) {
			check(depth, DEEPEST, "levels");
			this.fields += times;
			if (depth == 1) {
				check(++this.rootFields, MOST_ROOT_FIELDS, "fields at its root");
			}
			GraphQLFieldDefinition definition = (type instanceof GraphQLFieldsContainer container)
					? container.getFieldDefinition(field.getName()) : null;
			ListSize size = (definition != null) ? this.sizes.of(type, definition) : null;
			Sized within = Sized.NOTHING;
			long objects = times;
			if (definition != null && ListSizes.isList(definition.getType())) {
				objects = times * addList(field, definition, times, sized, size);
			}
			else if (size != null) {
				within = new Sized(size.sized(), size.asked(field, this.context.getCoercedVariables()));
			}
			// An introspection is deeper than any query, and GraphQL Java bounds it
			// itself.
			boolean introspection = field.getName().startsWith("__");
			add(field.getSelectionSet(), (definition != null) ? GraphQLTypeUtil.unwrapAll(definition.getType()) : null,
					introspection ? INTROSPECTION : depth + 1, objects, within);
		}

		/** Answers how long the list is each time. */
		private int addList(Field field, GraphQLFieldDefinition list, long times, Sized sized, @Nullable ListSize own) {
			boolean asked = sized.fields().contains(field.getName());
			int length = sized.length();
			if (!asked && own != null) {
				asked = own.isAsked();
				length = own.asked(field, this.context.getCoercedVariables());
			}
			boolean objects = GraphQLTypeUtil.unwrapAll(list.getType()) instanceof GraphQLCompositeType;
			this.valuesInAll += times * length * (objects ? VALUES_AN_ITEM : 1);
			this.items += (asked && objects) ? times * length : 0;
			check(this.items, MOST_ITEMS, "items in all its pages");
			check(this.valuesInAll / VALUES_AN_ITEM, MOST_ITEMS_IN_ALL, "items in all its lists");
			return length;
		}

		private static void check(long number, int most, String what) {
			if (number > most) {
				throw new AbortExecutionException("An operation may have at most " + most + " " + what + ".");
			}
		}

	}

	/** Lists of an object, and how long they are. */
	private record Sized(List<String> fields, int length) {

		static final Sized NOTHING = new Sized(List.of(), 1);

	}

}
