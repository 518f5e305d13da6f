package dev.belfry.graphql.schema;

import java.math.BigDecimal;
import java.util.Locale;

import graphql.GraphQLContext;
import graphql.Scalars;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseValueException;
import org.jspecify.annotations.Nullable;

/**
 * GraphQL's own Int. GraphQL Java writes out all digits of a variable to see whether it
 * is one, which takes it hours for {@code 1e300000000}.
 */
final class IntScalar implements Coercing<Integer, Integer> {

	/** Nothing longer can be in range. */
	private static final int LONGEST = 40;

	@SuppressWarnings("unchecked")
	private static final Coercing<Integer, Integer> OWN = (Coercing<Integer, Integer>) Scalars.GraphQLInt.getCoercing();

	@Override
	public @Nullable Integer serialize(Object result, GraphQLContext context, Locale locale) {
		return OWN.serialize(result, context, locale);
	}

	@Override
	public @Nullable Integer parseValue(Object input, GraphQLContext context, Locale locale) {
		if (input instanceof BigDecimal number
				&& (number.precision() > LONGEST || Math.abs((long) number.scale()) > LONGEST)) {
			throw new CoercingParseValueException("An Int is a whole number from -2147483648 to 2147483647.");
		}
		return OWN.parseValue(input, context, locale);
	}

	@Override
	public @Nullable Integer parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context,
			Locale locale) {
		return OWN.parseLiteral(input, variables, context, locale);
	}

	@Override
	public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
		return OWN.valueToLiteral(input, context, locale);
	}

}
