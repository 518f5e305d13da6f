package dev.belfry.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;

/** How to come to a type of a schema, and what to ask of it. */
public final class SchemaPaths {

	/** By the name of the type, where a call of a field of it stands. */
	private final Map<String, String> frames = new LinkedHashMap<>();

	public SchemaPaths(GraphQLSchema schema) {
		Deque<GraphQLObjectType> next = new ArrayDeque<>();
		Stream.of(schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()).forEach((root) -> {
			this.frames.put(root.getName(), root.getName().toLowerCase(Locale.ROOT) + " { {call} }");
			next.add(root);
		});
		while (!next.isEmpty()) {
			GraphQLObjectType type = next.remove();
			type.getFieldDefinitions()
				.stream()
				.filter((field) -> !type.equals(schema.getMutationType()) && asksNothing(field))
				.forEach((field) -> reach(type, field, next));
		}
	}

	private void reach(GraphQLObjectType from, GraphQLFieldDefinition field, Deque<GraphQLObjectType> next) {
		if (GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType to
				&& !this.frames.containsKey(to.getName())) {
			this.frames.put(to.getName(),
					this.frames.get(from.getName()).replace("{call}", field.getName() + " { {call} }"));
			next.add(to);
		}
	}

	/**
	 * An operation that calls a field of a type.
	 * @param variables as they are declared, with parentheses; empty for none
	 * @param call the field with its arguments
	 * @param depth how many objects within each other are selected
	 */
	public String operation(GraphQLObjectType type, String variables, String call, GraphQLOutputType answer,
			int depth) {
		String frame = this.frames.get(type.getName());
		String document = frame.replace("{call}", call + selection(answer, depth));
		return document.replaceFirst(" ", Matcher.quoteReplacement(variables + " "));
	}

	/** All values, and the objects within by theirs. */
	public static String selection(GraphQLOutputType type, int depth) {
		GraphQLUnmodifiedType answer = GraphQLTypeUtil.unwrapAll(type);
		if (!(answer instanceof GraphQLObjectType object)) {
			return GraphQLTypeUtil.isLeaf(answer) ? "" : " { __typename }";
		}
		String fields = (depth == 0) ? ""
				: object.getFieldDefinitions()
					.stream()
					.filter(SchemaPaths::asksNothing)
					.map((field) -> " " + field.getName() + selection(field.getType(), depth - 1))
					.collect(Collectors.joining());
		return " { __typename" + fields + " }";
	}

	private static boolean asksNothing(GraphQLFieldDefinition field) {
		return field.getArguments()
			.stream()
			.allMatch((argument) -> argument.hasSetDefaultValue() || !GraphQLTypeUtil.isNonNull(argument.getType()));
	}

	/** The types that can be come to. */
	public List<String> types() {
		return List.copyOf(this.frames.keySet());
	}

}
