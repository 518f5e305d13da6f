package dev.belfry.conditions.tree;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.belfry.conditions.values.ConditionLimits;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

/** What is refused when a condition is saved, and how its author is told. */
class ConditionReadingTests {

	@Test
	void tellsAllInputErrorsAtOnceWithTheirPlaces() {
		ConditionReading reading = Orders.reading("""
				{ "all": [
				  { "test": { "field": "order.total", "operator": "GREATER", "value": "much" } },
				  { "any": [ { "test": { "field": "order.totl", "operator": "EXISTS" } } ] },
				  { "anyItem": { "field": "order.lines", "where": { "not": { "cel": "quantity >" } } } },
				  { "test": { "field": "order.note", "operator": "IN", "value": [ "a", 1, "" ] } } ] }""");

		assertThat(reading.condition()).isNull();
		assertThat(reading.errors()).extracting((error) -> String.join("/", error.field()))
			.containsExactly("input/condition/all/0/test/value", "input/condition/all/1/any/0/test/field",
					"input/condition/all/2/anyItem/where/not/cel", "input/condition/all/3/test/value/1",
					"input/condition/all/3/test/value/2");
		assertThat(reading.errors()).extracting(UserError::message)
			.element(1)
			.isEqualTo("There is no such field here. Did you mean \"order.total\"?");
		assertThat(reading.errors()).extracting(UserError::message).element(2).asString().startsWith("1:11 ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "order.note      | GREATER     | 1                               | operator   | INVALID",
					"order.lines     | EQUALS      | 1                               | operator   | INVALID",
					"order.note      | LIKE        | 1                               | operator   | INVALID",
					"lines           | EXISTS      | null                            | field      | INVALID",
					"order           | EXISTS      | null                            | field      | INVALID",
					"order.note      | EXISTS      | true                            | value      | INVALID",
					"order.note      | EQUALS      | null                            | value      | REQUIRED",
					"order.note      | EQUALS      | \" \"                           | value      | REQUIRED",
					"order.note      | EQUALS      | [\"a\"]                         | value      | INVALID",
					"order.note      | IN          | []                              | value      | REQUIRED",
					"order.note      | IN          | [null]                          | value/0    | REQUIRED",
					"order.note      | MATCHES     | \"a(b\"                         | value      | INVALID",
					"order.note      | MATCHES     | \"(a)\\\\1\"                    | value      | INVALID",
					"order.note      | MATCHES     | \"((a{1000}){1000}){1000}\"     | value      | INVALID",
					"order.note      | MATCHES     | \"a{201}\"                      | value      | INVALID",
					"order.total     | EQUALS      | \"1\"                           | value      | INVALID",
					"order.total     | EQUALS      | 1e400                           | value      | OUT_OF_RANGE",
					"order.total     | EQUALS      | 1e-400                          | value      | OUT_OF_RANGE",
					"order.total     | BETWEEN     | [2, 1]                          | value      | OUT_OF_RANGE",
					"order.total     | BETWEEN     | [2]                             | value      | INVALID",
					"order.express   | EQUALS      | 1                               | value      | INVALID",
					"order.placedAt  | BEFORE      | \"2026-02-30\"                  | value      | INVALID",
					"order.placedAt  | BEFORE      | \"2026-02-20T10:00:00\"         | value      | INVALID",
					"order.placedAt  | BETWEEN     | [\"2026-02-20\",\"2026-02-19\"] | value      | OUT_OF_RANGE",
					"order.placedAt  | WITHIN_LAST | \"P3D\"                         | value      | INVALID",
					"order.placedAt  | WITHIN_LAST | {\"amount\":3}                  | value/unit | REQUIRED",
					"order.placedAt  | WITHIN_LAST | {\"amount\":0,\"unit\":\"DAYS\"} | value/amount | OUT_OF_RANGE",
					"order.placedAt  | WITHIN_LAST | {\"amount\":1,\"unit\":\"days\"} | value/unit | INVALID" })
	void refusesATestThatMakesNoSense(String field, String operator, String value, String place, UserErrorCode code) {
		ConditionReading reading = Orders.reading(
				"{\"test\":{\"field\":\"" + field + "\",\"operator\":\"" + operator + "\",\"value\":" + value + "}}");

		assertThat(reading.errors()).singleElement().satisfies((error) -> {
			assertThat(String.join("/", error.field())).isEqualTo("input/condition/test/" + place);
			assertThat(error.code()).isEqualTo(code);
		});
	}

	@Test
	void quotesAPatternAsItWasWritten() {
		ConditionReading reading = Orders
			.reading("{\"test\":{\"field\":\"order.note\",\"operator\":\"MATCHES\",\"value\":\"a(b\"}}");

		assertThat(reading.errors()).extracting(UserError::message).containsExactly("1:1 missing closing ): a(b");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', value = { "{}", "{\"all\":[]}", "{\"all\":{}}",
			"{\"all\":[null]}", "{\"not\":null}", "{\"not\":[]}", "{\"test\":1}", "{\"some\":[]}", "{\"cel\":1}",
			"{\"cel\":\" \"}", "{\"cel\":\"true\",\"not\":{\"cel\":\"true\"}}", "{\"anyItem\":{}}",
			"{\"anyItem\":{\"field\":\"order.lines\"}}",
			"{\"test\":{\"field\":\"order.note\",\"operator\":\"EXISTS\",\"valeu\":1}}",
			"{\"allItems\":{\"field\":\"order.note\",\"where\":{\"cel\":\"true\"}}}",
			"{\"allItems\":{\"field\":\"order.lines\",\"where\":{\"test\":{\"field\":\"order.note\",\"operator\":\"EXISTS\"}}}}",
			"{\"test\":{\"field\":\"order.total\",\"operator\":\"EXISTS\",\"caseSensitive\":true}}",
			"{\"test\":{\"field\":\"order.note\",\"operator\":\"EXISTS\",\"caseSensitive\":\"yes\"}}" })
	void refusesATreeThatIsNone(String input) {
		assertThat(Orders.reading(input).errors()).hasSize(1);
	}

	@Test
	void refusesMoreThanTwoHundredPartsOnce() {
		String test = "{\"test\":{\"field\":\"order.note\",\"operator\":\"EXISTS\"}}";

		assertThat(Orders.reading(all(test, ConditionLimits.MAX_NODES - 1)).errors()).isEmpty();
		assertThat(Orders.reading(all(test, 10_000)).errors()).singleElement()
			.extracting(UserError::code)
			.isEqualTo(UserErrorCode.TOO_MANY);
	}

	private static String all(String part, int times) {
		return "{\"all\":[" + String.join(",", Stream.generate(() -> part).limit(times).toList()) + "]}";
	}

	@Test
	void refusesToNestDeeperThanTen() {
		String inner = "{\"cel\":\"true\"}";

		assertThat(Orders.reading(nested(inner, 9)).errors()).isEmpty();
		assertThat(Orders.reading(nested(inner, 10)).errors()).singleElement()
			.extracting(UserError::code)
			.isEqualTo(UserErrorCode.TOO_MANY);
	}

	private static String nested(String inner, int times) {
		return "{\"not\":".repeat(times) + inner + "}".repeat(times);
	}

	@Test
	void refusesTooManyBytes() {
		String value = "\"" + "é".repeat(ConditionLimits.MAX_TEXT_LENGTH) + "\"";
		String test = "{\"test\":{\"field\":\"order.note\",\"operator\":\"EQUALS\",\"value\":" + value + "}}";

		assertThat(Orders.reading(all(test, 100)).errors()).singleElement()
			.extracting(UserError::code)
			.isEqualTo(UserErrorCode.TOO_LONG);
	}

	@Test
	void tellsTheFirstInputErrorsAndTheNumberOfTheOthers() {
		ConditionReading reading = Orders.reading(all("{}", 120));

		assertThat(reading.errors()).hasSize(InputErrors.MOST + 1);
		assertThat(reading.errors().get(InputErrors.MOST).message()).startsWith("This condition has 100 more errors.");
	}

	@Test
	void equalsOnlyWhatWasPutInTheSame() {
		Condition condition = Orders.test("order.total", "EQUALS", "1");

		assertThat(condition).isEqualTo(Orders.test("order.total", "EQUALS", "1"))
			.isNotEqualTo(Orders.test("order.total", "EQUALS", "2"));
		assertThat(condition.source()).isEqualTo(Orders.reading("""
				{"test":{"field":"order.total","operator":"EQUALS","value":1}}""").condition().source());
	}

	@Test
	void saysInWordsWhatEachTestSaw() {
		Condition condition = Orders.condition(
				"""
						{ "all": [ { "test": { "field": "order.total", "operator": "GREATER_OR_EQUAL", "value": 100 } },
						  { "anyItem": { "field": "order.lines", "where": {
						    "test": { "field": "sku", "operator": "IN", "value": [ "A", "B", "C", "D", "E", "F" ] } } } },
						  { "test": { "field": "order.placedAt", "operator": "WITHIN_LAST", "value": { "amount": 3, "unit": "DAYS" } } } ] }""");

		Explanation explanation = condition.explain(Orders.subject("""
				{ "order": { "total": 99.5, "lines": [ { "sku": "Z" }, { "sku": "b" } ] } }"""));

		assertThat(explanation.matched()).isFalse();
		assertThat(explanation.parts()).extracting(Explanation::words)
			.containsExactly("total is at least 100", "Any item of Lines", "placedAt is within the last 3 days");
		assertThat(explanation.parts()).extracting(Explanation::matched).containsExactly(false, true, false);
		assertThat(explanation.parts().get(0).seen()).hasToString("99.5");
		assertThat(explanation.parts().get(1).parts()).extracting(Explanation::seen).isEqualTo(List.of("Z", "b"));
		assertThat(explanation.parts().get(1).parts().get(0).words())
			.isEqualTo("sku is one of \"A\", \"B\", \"C\", \"D\", \"E\" and 1 more");
	}

}
