package dev.belfry.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;

/**
 * An argument, or a field of an input, that may be left out.
 *
 * @param type of the object whose field takes it
 * @param path the argument, and the fields of inputs from there on
 * @param hasDefault whether the schema says what it is then
 * @param oneOf whether it is one of several of which just one is given
 */
public record OptionalInput(GraphQLObjectType type, GraphQLFieldDefinition field, List<String> path,
		GraphQLInputType input, boolean hasDefault, boolean oneOf, String description) {

	/** All of a schema. An input that stands within itself is looked into once. */
	public static Stream<OptionalInput> of(GraphQLSchema schema) {
		return schema.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLObjectType && !type.getName().startsWith("__"))
			.map(GraphQLObjectType.class::cast)
			.flatMap((type) -> type.getFieldDefinitions().stream().flatMap((field) -> of(type, field)));
	}

	private static Stream<OptionalInput> of(GraphQLObjectType type, GraphQLFieldDefinition field) {
		List<OptionalInput> found = new ArrayList<>();
		for (GraphQLArgument argument : field.getArguments()) {
			OptionalInput input = new OptionalInput(type, field, List.of(argument.getName()), argument.getType(),
					argument.hasSetDefaultValue(), false, description(argument));
			input.collect(found, Set.of());
		}
		return found.stream();
	}

	private void collect(List<OptionalInput> found, Set<String> around) {
		if (this.hasDefault || !GraphQLTypeUtil.isNonNull(this.input)) {
			found.add(this);
		}
		if (GraphQLTypeUtil.unwrapAll(this.input) instanceof GraphQLInputObjectType object) {
			Set<String> inner = new HashSet<>(around);
			if (inner.add(object.getName())) {
				object.getFieldDefinitions().forEach((field) -> within(object, field).collect(found, inner));
			}
		}
	}

	private OptionalInput within(GraphQLInputObjectType object, GraphQLInputObjectField field) {
		List<String> longer = new ArrayList<>(this.path);
		longer.add(field.getName());
		return new OptionalInput(this.type, this.field, longer, field.getType(), field.hasSetDefaultValue(),
				object.isOneOf(), description(field));
	}

	private static String description(GraphQLNamedSchemaElement element) {
		return String.valueOf(element.getDescription());
	}

	@Override
	public String toString() {
		return this.type.getName() + "." + this.field.getName() + "(" + String.join(".", this.path) + ")";
	}

}
