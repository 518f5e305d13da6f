package dev.belfry.graphql.execution;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import graphql.execution.CoercedVariables;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.VariableReference;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import org.jspecify.annotations.Nullable;

import dev.belfry.graphql.relay.PageRequest;

/**
 * How many items a list counts as ({@code @listSize}).
 *
 * @param assumed if no argument says more
 * @param slicing the arguments that say it; a dot leads into an input
 * @param sized the lists of the returned object that it is about; none: the field's own
 */
record ListSize(int assumed, List<String> slicing, List<String> sized) {

	private static final String NAME = "listSize";

	/** What a field of the schema says, if it does. */
	static @Nullable ListSize of(GraphQLFieldDefinition field) {
		GraphQLAppliedDirective directive = field.getAppliedDirective(NAME);
		if (directive == null) {
			return null;
		}
		List<String> slicing = texts(directive, "slicingArguments");
		Integer assumed = directive.getArgument("assumedSize").getValue();
		return new ListSize(Objects.requireNonNullElseGet(assumed, () -> usual(field, slicing)), slicing,
				texts(directive, "sizedFields"));
	}

	private static List<String> texts(GraphQLAppliedDirective directive, String argument) {
		List<String> texts = directive.getArgument(argument).getValue();
		return (texts != null) ? List.copyOf(texts) : List.of();
	}

	/** The defaults of its arguments; those that it must have are given. */
	private static int usual(GraphQLFieldDefinition field, List<String> slicing) {
		return slicing.stream()
			.map(field::getArgument)
			.filter((argument) -> argument != null && argument.hasSetDefaultValue())
			.<Object>map((argument) -> GraphQLArgument.getArgumentDefaultValue(argument))
			.mapToInt((value) -> (value instanceof Integer number) ? number : 0)
			.max()
			.orElse(1);
	}

	/** Whether the operation says how long it is. */
	boolean isAsked() {
		return !this.slicing.isEmpty();
	}

	/** How many items a field asks for. What is out of range is refused later. */
	int asked(Field field, CoercedVariables variables) {
		int most = 0;
		for (String path : this.slicing) {
			most = Math.max(most, number(value(field, List.of(path.split("\\.")), variables)));
		}
		return (most > 0) ? most : this.assumed;
	}

	/** 0 if it is null or absent, so that the default applies. */
	private static int number(@Nullable Object value) {
		if (value instanceof Number number) {
			return (int) Math.max(1, Math.min(number.longValue(), PageRequest.MOST));
		}
		return (value instanceof Collection<?> items) ? items.size() : 0;
	}

	private static @Nullable Object value(Field field, List<String> path, CoercedVariables variables) {
		Object value = null;
		for (Argument argument : field.getArguments()) {
			if (argument.getName().equals(path.get(0))) {
				value = plain(argument.getValue(), variables);
			}
		}
		for (String name : path.subList(1, path.size())) {
			value = plain(member(value, name), variables);
		}
		return value;
	}

	private static @Nullable Object member(@Nullable Object input, String name) {
		if (input instanceof ObjectValue literal) {
			return literal.getObjectFields()
				.stream()
				.filter((field) -> field.getName().equals(name))
				.findFirst()
				.map(ObjectField::getValue)
				.orElse(null);
		}
		return (input instanceof Map<?, ?> map) ? map.get(name) : null;
	}

	/** A literal as the value that it stands for, as far as it matters here. */
	private static @Nullable Object plain(@Nullable Object value, CoercedVariables variables) {
		if (value instanceof VariableReference variable) {
			return variables.get(variable.getName());
		}
		if (value instanceof IntValue literal) {
			return literal.getValue();
		}
		return (value instanceof ArrayValue literal) ? literal.getValues() : value;
	}

}
