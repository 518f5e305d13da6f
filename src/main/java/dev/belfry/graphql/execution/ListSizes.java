package dev.belfry.graphql.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import org.jspecify.annotations.Nullable;

import dev.belfry.start.StartRefused;

/** What the lists of a schema count as. Each has to say it, or nothing starts. */
final class ListSizes {

	private static final String INTROSPECTION = "__";

	private static final ListSize NONE = new ListSize(1, List.of(), List.of());

	/** By type and field. */
	private final Map<String, ListSize> sizes = new HashMap<>();

	private ListSizes() {
	}

	static ListSizes of(GraphQLSchema schema) {
		ListSizes sizes = new ListSizes();
		List<GraphQLFieldsContainer> types = containers(schema);
		types.forEach((type) -> type.getFieldDefinitions().forEach((field) -> sizes.know(type, field)));
		List<String> unknown = sizes.unknown(types);
		StartRefused.unless(unknown.isEmpty(), "Lists of the schema do not say how long they are: " + unknown + ".",
				"Give each @listSize, or name it in the sizedFields of the fields that return its type.");
		return sizes;
	}

	private static List<GraphQLFieldsContainer> containers(GraphQLSchema schema) {
		return schema.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLFieldsContainer && !type.getName().startsWith(INTROSPECTION))
			.map(GraphQLFieldsContainer.class::cast)
			.toList();
	}

	private void know(GraphQLFieldsContainer type, GraphQLFieldDefinition field) {
		ListSize size = ListSize.of(field);
		if (size != null) {
			this.sizes.put(key(type.getName(), field), size);
		}
	}

	/**
	 * Lists that neither say it themselves, nor have it said wherever they are reached.
	 */
	private List<String> unknown(List<GraphQLFieldsContainer> types) {
		List<String> unknown = new ArrayList<>();
		for (GraphQLFieldsContainer type : types) {
			for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
				String key = key(type.getName(), field);
				if (isList(field.getType()) && !this.sizes.containsKey(key) && !isSizedByAll(type, field, types)) {
					unknown.add(key);
				}
			}
		}
		return unknown;
	}

	private boolean isSizedByAll(GraphQLFieldsContainer type, GraphQLFieldDefinition list,
			List<GraphQLFieldsContainer> types) {
		List<ListSize> parents = new ArrayList<>();
		for (GraphQLFieldsContainer each : types) {
			for (GraphQLFieldDefinition field : each.getFieldDefinitions()) {
				if (GraphQLTypeUtil.unwrapAll(field.getType()).getName().equals(type.getName())) {
					parents.add(this.sizes.getOrDefault(key(each.getName(), field), NONE));
				}
			}
		}
		return !parents.isEmpty() && parents.stream().allMatch((size) -> size.sized().contains(list.getName()));
	}

	/** What a field of a type says, if it does. */
	@Nullable ListSize of(@Nullable GraphQLType type, GraphQLFieldDefinition field) {
		return (type instanceof GraphQLNamedType named) ? this.sizes.get(key(named.getName(), field)) : null;
	}

	static boolean isList(GraphQLType type) {
		return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(type));
	}

	private static String key(String type, GraphQLFieldDefinition field) {
		return type + "." + field.getName();
	}

}
