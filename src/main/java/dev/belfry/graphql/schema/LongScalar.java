package dev.belfry.graphql.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import org.jspecify.annotations.Nullable;

/** A whole number that every JSON client reads exactly: within ±(2^53 − 1). */
final class LongScalar implements Coercing<Long, Long> {

	private static final String MESSAGE = "A Long is a whole number from -9007199254740991 to 9007199254740991.";

	private static final long MOST = (1L << 53) - 1;

	/** Nothing longer can be in range, and to scale it would cost. */
	private static final int LONGEST = 40;

	@Override
	public Long serialize(Object result, GraphQLContext context, Locale locale) {
		Long number = (result instanceof Number given) ? number(given) : null;
		if (number == null) {
			throw new CoercingSerializeException(MESSAGE);
		}
		return number;
	}

	@Override
	public Long parseValue(Object input, GraphQLContext context, Locale locale) {
		Long number = (input instanceof Number given) ? number(given) : null;
		if (number == null) {
			throw new CoercingParseValueException(MESSAGE);
		}
		return number;
	}

	@Override
	public Long parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
		Long number = (input instanceof IntValue given) ? number(given.getValue()) : null;
		if (number == null) {
			throw new CoercingParseLiteralException(MESSAGE);
		}
		return number;
	}

	@Override
	public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
		return new IntValue(new BigInteger(input.toString()));
	}

	private static @Nullable Long number(Number given) {
		if (given instanceof Double || given instanceof Float) {
			double value = given.doubleValue();
			return (value == Math.rint(value) && Math.abs(value) <= MOST) ? (long) value : null;
		}
		BigDecimal value = (given instanceof BigDecimal decimal) ? decimal : new BigDecimal(given.toString());
		if (value.precision() > LONGEST || Math.abs((long) value.scale()) > LONGEST) {
			return null;
		}
		try {
			long number = value.longValueExact();
			return (Math.abs(number) <= MOST && number != Long.MIN_VALUE) ? number : null;
		}
		catch (ArithmeticException notWholeOrTooLarge) {
			return null;
		}
	}

}
