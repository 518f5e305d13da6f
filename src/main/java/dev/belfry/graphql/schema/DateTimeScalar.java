package dev.belfry.graphql.schema;

import java.time.Instant;
import java.util.Locale;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;

import dev.belfry.values.Rfc3339;

/** An instant as {@link Rfc3339} reads and writes it. */
final class DateTimeScalar implements Coercing<Instant, String> {

	private static final String MESSAGE = "A DateTime is an instant with seconds and an offset as in RFC 3339, "
			+ "in the years 0 to 9999, for example \"2026-03-01T09:30:00Z\".";

	@Override
	public String serialize(Object result, GraphQLContext context, Locale locale) {
		if (result instanceof Instant time) {
			return Rfc3339.format(time);
		}
		throw new CoercingSerializeException(MESSAGE);
	}

	@Override
	public Instant parseValue(Object input, GraphQLContext context, Locale locale) {
		Instant time = (input instanceof String text) ? Rfc3339.parse(text) : null;
		if (time == null) {
			throw new CoercingParseValueException(MESSAGE);
		}
		return time;
	}

	@Override
	public Instant parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
		Instant time = (input instanceof StringValue text) ? Rfc3339.parse(text.getValue()) : null;
		if (time == null) {
			throw new CoercingParseLiteralException(MESSAGE);
		}
		return time;
	}

	@Override
	public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
		return StringValue.of((input instanceof Instant) ? serialize(input, context, locale) : input.toString());
	}

}
