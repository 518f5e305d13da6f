package dev.belfry.graphql.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScalarTests {

	private static final GraphQLContext CONTEXT = GraphQLContext.getDefault();

	private final DateTimeScalar dateTime = new DateTimeScalar();

	private final LongScalar number = new LongScalar();

	@ParameterizedTest
	@CsvSource({ "2026-03-01T09:30:00Z,2026-03-01T09:30:00Z", "2026-03-01t09:30:00z,2026-03-01T09:30:00Z",
			"2026-03-01T09:30:00+02:00,2026-03-01T07:30:00Z",
			"2026-03-01T09:30:00.123456789Z,2026-03-01T09:30:00.123456Z", "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z",
			"9999-12-31T23:59:59Z,9999-12-31T23:59:59Z" })
	void readsInstantsAndAnswersThemInUtc(String given, String answered) {
		Instant time = this.dateTime.parseValue(given, CONTEXT, Locale.ROOT);

		assertThat(this.dateTime.serialize(time, CONTEXT, Locale.ROOT)).isEqualTo(answered);
		assertThat(literal(this.dateTime, StringValue.of(given))).isEqualTo(time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2026-03-01", "2026-03-01T09:30:00", "2026-03-01T09:30Z", "2026-02-30T09:30:00Z",
			"2026-03-01T24:30:00Z", "+12026-03-01T09:30:00Z", "-0001-03-01T09:30:00Z", "9999-12-31T23:59:59-01:00",
			"0000-01-01T00:00:00+01:00", "2026-03-01T09:30:00+25:00", "1772357400" })
	void refusesWhatIsNoInstant(String given) {
		assertThatExceptionOfType(CoercingParseValueException.class)
			.isThrownBy(() -> this.dateTime.parseValue(given, CONTEXT, Locale.ROOT))
			.withMessageContaining("RFC 3339");
		assertThatExceptionOfType(CoercingParseLiteralException.class)
			.isThrownBy(() -> literal(this.dateTime, StringValue.of(given)));
	}

	@Test
	void readsWholeNumbersOfEveryKind() {
		for (Object given : new Object[] { 7, 7L, 7.0, new BigInteger("7"), new BigDecimal("7.00"),
				new BigDecimal("70E-1") }) {
			assertThat(this.number.parseValue(given, CONTEXT, Locale.ROOT)).isEqualTo(7L);
		}
		assertThat(literal(this.number, IntValue.of(7))).isEqualTo(7L);
	}

	@Test
	void readsTheLargestNumbersThatJsonClientsDo() {
		for (long given : new long[] { 9007199254740991L, -9007199254740991L }) {
			assertThat(this.number.parseValue(given, CONTEXT, Locale.ROOT)).isEqualTo(given);
			assertThat(this.number.serialize(given, CONTEXT, Locale.ROOT)).isEqualTo(given);
		}
	}

	@Test
	void refusesWhatIsNoWholeNumberInRange() {
		for (Object given : new Object[] { "7", 7.5, new BigDecimal("7.5"), Double.NaN, Double.POSITIVE_INFINITY, true,
				9007199254740992L, Long.MIN_VALUE, new BigDecimal("1E+1000000000"), new BigDecimal("1E-1000000000") }) {
			assertThatExceptionOfType(CoercingParseValueException.class).as(given.toString())
				.isThrownBy(() -> this.number.parseValue(given, CONTEXT, Locale.ROOT));
		}
		assertThatExceptionOfType(CoercingParseLiteralException.class)
			.isThrownBy(() -> literal(this.number, new FloatValue(new BigDecimal("7.0"))));
	}

	@Test
	void takesOnlyTextForACursor() {
		CursorScalar cursor = new CursorScalar();

		assertThat(cursor.parseValue("", CONTEXT, Locale.ROOT)).isEmpty();
		assertThatExceptionOfType(CoercingParseValueException.class)
			.isThrownBy(() -> cursor.parseValue(7, CONTEXT, Locale.ROOT));
		assertThatExceptionOfType(CoercingParseLiteralException.class)
			.isThrownBy(() -> literal(cursor, IntValue.of(7)));
	}

	@Test
	void takesEveryJsonValueWithNumbersAsDecimals() {
		JsonScalar json = new JsonScalar();
		Map<String, Object> given = new LinkedHashMap<>();
		given.put("numbers", List.of(7, 7L, new BigInteger("7"), new BigDecimal("7.10")));
		given.put("others", Arrays.asList("7", true, null, Map.of()));

		Object read = json.parseValue(given, CONTEXT, Locale.ROOT);

		assertThat(read).isEqualTo(Map.of("numbers",
				List.of(new BigDecimal("7"), new BigDecimal("7"), new BigDecimal("7"), new BigDecimal("7.10")),
				"others", Arrays.asList("7", true, null, Map.of())));
		assertThat(literal(json, json.valueToLiteral(given, CONTEXT, Locale.ROOT))).isEqualTo(read);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ((Map<?, ?>) read).remove("numbers"));
	}

	@Test
	void refusesWhatJsonDoesNotHave() {
		JsonScalar json = new JsonScalar();

		assertThatExceptionOfType(CoercingParseLiteralException.class)
			.isThrownBy(() -> literal(json, new EnumValue("RED")));
		assertThatExceptionOfType(CoercingParseValueException.class)
			.isThrownBy(() -> json.parseValue(Double.NaN, CONTEXT, Locale.ROOT));
		assertThatExceptionOfType(CoercingParseValueException.class)
			.isThrownBy(() -> json.parseValue(Map.of("a", new Object()), CONTEXT, Locale.ROOT));
	}

	private static <T> T literal(Coercing<T, ?> scalar, graphql.language.Value<?> value) {
		return scalar.parseLiteral(value, CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT);
	}

}
