package dev.belfry.graphql.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import org.jspecify.annotations.Nullable;

import dev.belfry.values.JsonValues;

/** Any JSON value, as {@link JsonValues} has it. */
final class JsonScalar implements Coercing<Object, Object> {

	@Override
	public Object serialize(Object result, GraphQLContext context, Locale locale) {
		return result;
	}

	@Override
	public @Nullable Object parseValue(Object input, GraphQLContext context, Locale locale) {
		try {
			return JsonValues.of(input);
		}
		catch (IllegalArgumentException noJson) {
			throw new CoercingParseValueException(noJson.getMessage());
		}
	}

	@Override
	public @Nullable Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context,
			Locale locale) {
		return parse(input, variables);
	}

	private static @Nullable Object parse(Value<?> input, CoercedVariables variables) {
		if (input instanceof ObjectValue object) {
			return object(object, variables);
		}
		if (input instanceof ArrayValue array) {
			List<@Nullable Object> items = new ArrayList<>();
			array.getValues().forEach((item) -> items.add(parse(item, variables)));
			return Collections.unmodifiableList(items);
		}
		if (input instanceof StringValue text) {
			return text.getValue();
		}
		if (input instanceof IntValue number) {
			return new BigDecimal(number.getValue());
		}
		if (input instanceof FloatValue number) {
			return number.getValue();
		}
		if (input instanceof BooleanValue bool) {
			return bool.isValue();
		}
		if (input instanceof VariableReference variable) {
			return JsonValues.of(variables.get(variable.getName()));
		}
		if (input instanceof NullValue) {
			return null;
		}
		throw new CoercingParseLiteralException("JSON has texts, numbers, booleans, null, lists and objects.");
	}

	private static Map<String, @Nullable Object> object(ObjectValue object, CoercedVariables variables) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		object.getObjectFields().forEach((field) -> fields.put(field.getName(), parse(field.getValue(), variables)));
		return Collections.unmodifiableMap(fields);
	}

	@Override
	public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
		return literal(JsonValues.of(input));
	}

	private static Value<?> literal(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			return new ObjectValue(object.entrySet()
				.stream()
				.map((field) -> new ObjectField(String.valueOf(field.getKey()), literal(field.getValue())))
				.toList());
		}
		if (value instanceof List<?> list) {
			ArrayValue.Builder items = ArrayValue.newArrayValue();
			list.forEach((item) -> items.value(literal(item)));
			return items.build();
		}
		if (value instanceof BigDecimal number) {
			return new FloatValue(number);
		}
		if (value instanceof Boolean bool) {
			return BooleanValue.of(bool);
		}
		return (value != null) ? StringValue.of(value.toString()) : NullValue.of();
	}

}
