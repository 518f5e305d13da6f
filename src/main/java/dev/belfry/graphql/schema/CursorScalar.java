package dev.belfry.graphql.schema;

import java.util.Locale;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;

/**
 * An opaque text. Whether it is a cursor of the list it is used for, that list decides.
 */
final class CursorScalar implements Coercing<String, String> {

	private static final String MESSAGE = "A Cursor is a string that this API has returned.";

	@Override
	public String serialize(Object result, GraphQLContext context, Locale locale) {
		if (result instanceof String text) {
			return text;
		}
		throw new CoercingSerializeException(MESSAGE);
	}

	@Override
	public String parseValue(Object input, GraphQLContext context, Locale locale) {
		if (input instanceof String text) {
			return text;
		}
		throw new CoercingParseValueException(MESSAGE);
	}

	@Override
	public String parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
		if (input instanceof StringValue text && text.getValue() != null) {
			return text.getValue();
		}
		throw new CoercingParseLiteralException(MESSAGE);
	}

	@Override
	public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
		return StringValue.of(input.toString());
	}

}
