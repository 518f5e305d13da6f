package dev.belfry.graphql.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FieldValueInfo;
import graphql.execution.FieldValueInfo.CompleteValueType;
import graphql.execution.MergedField;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import org.jspecify.annotations.Nullable;

/**
 * Completes objects and lists as GraphQL Java does, but reads those of which nothing but
 * properties is selected by a {@link PlainSelection}, instead of a hop through the engine
 * for each field of each item. What cannot be read so, as a null where none may be, is
 * left to the engine, and so are all errors. Serves what mutations answer with too.
 */
final class PlainQueries extends AsyncExecutionStrategy {

	/** Of documents without variables, for as long as they are remembered. */
	private final Cache<OperationDefinition, Selections> remembered = Caffeine.newBuilder().weakKeys().build();

	PlainQueries(DataFetcherExceptionHandler exceptionHandler) {
		super(exceptionHandler);
	}

	@Override
	protected Object completeValueForObject(ExecutionContext context, ExecutionStrategyParameters parameters,
			GraphQLObjectType type, Object result) {
		Object read = read(context, type, parameters.getField(), result);
		return (read != null) ? read : super.completeValueForObject(context, parameters, type, result);
	}

	@Override
	protected FieldValueInfo completeValueForList(ExecutionContext context, ExecutionStrategyParameters parameters,
			Iterable<Object> items) {
		GraphQLType type = parameters.getExecutionStepInfo().getUnwrappedNonNullType();
		Object read = read(context, type, parameters.getField(), items);
		return (read != null) ? new FieldValueInfo(CompleteValueType.LIST, read)
				: super.completeValueForList(context, parameters, items);
	}

	/** Null if it is more than properties, or something is wrong with it. */
	private @Nullable Object read(ExecutionContext context, GraphQLType type, MergedField field, Object value) {
		if (context.hasIncrementalSupport()) {
			return null;
		}
		PlainSelection selection = selections(context).of(context, type, field);
		try {
			return (selection != null) ? selection.read(value) : null;
		}
		catch (RuntimeException wrong) {
			return null;
		}
	}

	private Selections selections(ExecutionContext context) {
		OperationDefinition operation = context.getOperationDefinition();
		return operation.getVariableDefinitions().isEmpty()
				? this.remembered.get(operation, (fresh) -> new Selections(new ConcurrentHashMap<>()))
				: context.getGraphQLContext()
					.computeIfAbsent(Selections.class, (absent) -> new Selections(new ConcurrentHashMap<>()));
	}

	/** The selections that were looked at, of one execution or of all of a document. */
	private record Selections(Map<Place, Optional<PlainSelection>> known) {

		@Nullable PlainSelection of(ExecutionContext context, GraphQLType type, MergedField field) {
			return this.known
				.computeIfAbsent(new Place(type, field.getFields()), (fresh) -> PlainSelection.of(context, type, field))
				.orElse(null);
		}

	}

	/** Where in a document, and of which type: a fragment can be about several. */
	private record Place(GraphQLType type, List<Field> fields) {
	}

}
