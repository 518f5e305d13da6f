package dev.belfry.graphql.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import graphql.GraphQLContext;
import graphql.execution.ExecutionContext;
import graphql.execution.FieldCollector;
import graphql.execution.FieldCollectorParameters;
import graphql.execution.MergedField;
import graphql.introspection.Introspection;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.LightDataFetcher;
import org.jspecify.annotations.Nullable;

/**
 * A selection of which every value is a property of the object that it is selected from,
 * so that all of it can be read at once. What it answers is what GraphQL Java answers. It
 * keeps nothing of the execution that it was made for.
 */
final class PlainSelection {

	private static final FieldCollector COLLECTOR = new FieldCollector();

	private final Value value;

	private PlainSelection(Value value) {
		this.value = value;
	}

	/**
	 * What a field of the subscription's root selects; empty if it is more than
	 * properties.
	 */
	static Optional<PlainSelection> of(ExecutionContext context, MergedField root) {
		GraphQLFieldDefinition definition = context.getGraphQLSchema()
			.getSubscriptionType()
			.getFieldDefinition(root.getName());
		return of(context, definition.getType(), root);
	}

	/**
	 * What a field selects of an object, or of each item of a list; empty if it is more
	 * than properties.
	 */
	static Optional<PlainSelection> of(ExecutionContext context, GraphQLType type, MergedField field) {
		return Optional.ofNullable(new Reading(context).value(type, field)).map(PlainSelection::new);
	}

	/**
	 * What is shown of an event, an object or a list; fails if there is something wrong
	 * with it.
	 */
	Object read(Object source) {
		Object data = this.value.of(source);
		if (data == null) {
			throw new IllegalStateException("Nothing can be shown of " + source);
		}
		return data;
	}

	private static final class Reading {

		private final ExecutionContext context;

		Reading(ExecutionContext context) {
			this.context = context;
		}

		@Nullable Value value(GraphQLType type, MergedField field) {
			if (type instanceof GraphQLNonNull nonNull) {
				Value wrapped = value(nonNull.getWrappedType(), field);
				String name = field.getName();
				return (wrapped == null) ? null : (property) -> nonNull(wrapped.of(property), name);
			}
			if (type instanceof GraphQLList list) {
				Value item = value(list.getWrappedType(), field);
				return (item == null) ? null : orNull((property) -> list((Iterable<?>) property, item));
			}
			if (type instanceof GraphQLScalarType scalar) {
				return orNull((property) -> scalar.getCoercing()
					.serialize(property, GraphQLContext.getDefault(), Locale.ROOT));
			}
			if (type instanceof GraphQLEnumType values) {
				return orNull((property) -> values.serialize(property, GraphQLContext.getDefault(), Locale.ROOT));
			}
			return (type instanceof GraphQLObjectType object) ? object(object, field) : null;
		}

		private @Nullable Value object(GraphQLObjectType type, MergedField field) {
			List<Property> properties = new ArrayList<>();
			for (MergedField selected : fields(type, field)) {
				Property property = property(type, selected);
				if (property == null) {
					return null;
				}
				properties.add(property);
			}
			return orNull((source) -> read(source, properties));
		}

		/** Without what {@code @skip} and {@code @include} leave out. */
		private List<MergedField> fields(GraphQLObjectType type, MergedField field) {
			FieldCollectorParameters parameters = FieldCollectorParameters.newParameters()
				.schema(this.context.getGraphQLSchema())
				.objectType(type)
				.fragments(this.context.getFragmentsByName())
				.variables(this.context.getCoercedVariables().toMap())
				.graphQLContext(this.context.getGraphQLContext())
				.build();
			return COLLECTOR.collectFields(parameters, field).getSubFieldsList();
		}

		private @Nullable Property property(GraphQLObjectType type, MergedField field) {
			if (field.getName().equals(Introspection.TypeNameMetaFieldDef.getName())) {
				return new Property(field.getResultKey(), (source) -> type.getName());
			}
			GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
			DataFetcher<?> fetcher = this.context.getGraphQLSchema().getCodeRegistry().getDataFetcher(type, definition);
			Value value = value(definition.getType(), field);
			return (fetcher instanceof LightDataFetcher<?> light && value != null)
					? new Property(field.getResultKey(), (source) -> value.of(fetch(light, definition, source))) : null;
		}

	}

	private static @Nullable Object fetch(LightDataFetcher<?> fetcher, GraphQLFieldDefinition field,
			@Nullable Object source) {
		try {
			return fetcher.get(field, source, () -> {
				throw new IllegalStateException("It needs more than the object that it is a property of");
			});
		}
		catch (Exception ex) {
			throw new IllegalStateException(field.getName() + " could not be read", ex);
		}
	}

	private static Map<String, Object> read(Object source, List<Property> properties) {
		Map<String, Object> object = new LinkedHashMap<>();
		properties.forEach((property) -> object.put(property.key(), property.value().of(source)));
		return object;
	}

	private static List<Object> list(Iterable<?> items, Value value) {
		List<Object> list = new ArrayList<>();
		items.forEach((item) -> list.add(value.of(item)));
		return list;
	}

	private static Object nonNull(@Nullable Object value, String name) {
		if (value == null) {
			throw new IllegalStateException(name + " is null, which it must not be");
		}
		return value;
	}

	private static Value orNull(Function<Object, @Nullable Object> value) {
		return (property) -> (property != null) ? value.apply(property) : null;
	}

	/** Makes of a property, or of the object that has it, what the client is shown. */
	private interface Value {

		@Nullable Object of(@Nullable Object property);

	}

	private record Property(String key, Value value) {
	}

}
