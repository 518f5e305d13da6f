package dev.belfry.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Values as documents write them. */
public final class Literals {

	/** In the place of a value, the variable {@code $v}. */
	public static final Object VARIABLE = new Object();

	private static final JsonMapper JSON = new JsonMapper();

	private Literals() {
	}

	public static String write(GraphQLInputType type, @Nullable Object value) {
		if (value == null || value == VARIABLE) {
			return (value == null) ? "null" : "$v";
		}
		GraphQLUnmodifiedType named = GraphQLTypeUtil.unwrapAll(type);
		if (value instanceof List<?> list) {
			GraphQLInputType item = (GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLList items)
					? (GraphQLInputType) items.getWrappedType() : (GraphQLInputType) named;
			return list.stream().map((each) -> write(item, each)).collect(Collectors.joining(", ", "[", "]"));
		}
		if (value instanceof Map<?, ?> object) {
			return object.entrySet()
				.stream()
				.map((member) -> member.getKey() + ": "
						+ write(member(named, String.valueOf(member.getKey())), member.getValue()))
				.collect(Collectors.joining(", ", "{", "}"));
		}
		return (named instanceof GraphQLEnumType) ? String.valueOf(value) : JSON.writeValueAsString(value);
	}

	/** Within JSON, everything is JSON. */
	private static GraphQLInputType member(GraphQLUnmodifiedType type, String name) {
		return (type instanceof GraphQLInputObjectType object) ? object.getField(name).getType()
				: (GraphQLInputType) type;
	}

	/** The least that fits a type. */
	public static Object sample(GraphQLInputType type) {
		if (GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLList list) {
			return List.of(sample((GraphQLInputType) list.getWrappedType()));
		}
		GraphQLUnmodifiedType named = GraphQLTypeUtil.unwrapAll(type);
		if (named instanceof GraphQLEnumType values) {
			return values.getValues().get(0).getName();
		}
		return switch (named.getName()) {
			case "Int", "Long" -> 1;
			case "Boolean" -> true;
			case "DateTime" -> "2026-01-01T00:00:00Z";
			case "JSON" -> Map.of();
			default -> (named instanceof GraphQLInputObjectType object) ? object(object) : "x";
		};
	}

	private static Map<String, Object> object(GraphQLInputObjectType type) {
		Map<String, Object> object = new LinkedHashMap<>();
		if (type.isOneOf()) {
			GraphQLInputObjectField value = type.getFieldDefinitions()
				.stream()
				.filter((field) -> GraphQLTypeUtil.isLeaf(field.getType()))
				.findFirst()
				.orElseThrow();
			return Map.of(value.getName(), sample(value.getType()));
		}
		type.getFieldDefinitions()
			.stream()
			.filter((field) -> GraphQLTypeUtil.isNonNull(field.getType()) && !field.hasSetDefaultValue())
			.forEach((field) -> object.put(field.getName(), sample(field.getType())));
		return object;
	}

}
