package dev.belfry.conditions.tree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.Subject;
import dev.belfry.input.UserError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What CEL expressions can say, and what they cannot. */
class CelExpressionTests {

	private static final Subject ORDER = Orders.subject(
			"""
					{ "order": { "note": "Please ring", "itemCount": 3, "weight": 0.3, "total": 198.4, "express": true, "customer": null,
					    "placedAt": "2026-03-28T10:00:00Z",
					    "lines": [ { "sku": "A1", "quantity": 2, "price": 64 }, { "sku": "B1", "quantity": 1, "price": 70.4 } ] } }""");

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = { "order.total > 198 && order.itemCount == 3 ; true",
			"order.lines.exists(i, i.sku.startsWith('A') && i.quantity >= 2) ; true",
			"order.lines.all(i, i.quantity > 1) ; false", "order.lines.exists_one(i, i.price > 64) ; true",
			"order.lines.filter(i, i.price > 1.0).size() == 2 ; true", "order.lines.map(i, i.sku)[1] == 'B1' ; true",
			"has(order.note) && !has(order.customer.name) ; true", "order.note.matches('^Pl.*ng$') ; true",
			"recordedAt - order.placedAt > duration('23h') ; true", "order.express ? false : true ; false",
			"order.note in ['a', 'Please ring'] ; true", "0.1 + 0.2 == 0.3 ; false", "0.0 / 0.0 == 0.0 / 0.0 ; false",
			"order.weight / 0.0 > 1e300 ; true", "has(order.customer.name) && order.customer.name == 'x' ; false",
			"order.customer.name == 'x' || true ; true" })
	void looksAtTheFieldsOfAnEvent(String expression, boolean expected) {
		assertThat(Orders.cel(expression).matches(ORDER)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "order.nope == 1 | 1:6 undefined field 'nope'",
			"ordr.total > 1.0 | 1:1 undeclared reference to 'ordr'",
			"order.lines.exists(i, i.skuu == '') | 1:24 undefined field 'skuu'",
			"order.total == 'a' | 1:13 found no matching overload for '_==_' applied to '(double, string)'",
			"order.total | 1:6 expected type 'bool' but found 'double'", "order.total > | 1:14 mismatched input",
			"T(java.lang.Runtime).getRuntime() | 1:", "${7*7} | 1:1 ", "dyn(order).x == 1 | 1:",
			"[1, 'a'].exists(x, x == 1) | 1:", "order.lines == order.lines | 1:6 only texts, numbers",
			"(order.lines + order.lines).size() > 1 | 1:7 only texts, numbers",
			"{'a': 1}.a == 1 | 1:1 a map cannot be made here",
			"order.note.matches(order.note) | 1:25 a regular expression must be a text in quotes here",
			"order.note.matches('a(b') | 1:20 in the regular expression: 1:",
			"order.note.matches('((a{1000}){1000}){1000}') | 1:20 in the regular expression: This",
			"order{total: 1.0}.total > 1.0 | 1:", "order.getClass() == 'x' | 1:" })
	void refusesWhatItCannotCheck(String expression, String message) {
		assertThat(Orders.readingOfCel(expression).errors()).isNotEmpty()
			.extracting(UserError::message)
			.anySatisfy((said) -> assertThat(said).startsWith(message));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "1 / (order.itemCount - 3) == 1 | 1:3 / by zero",
					"order.customer.name == 'x' | 1:15 key 'name' is not present in map.",
					"order.lines[7].sku == 'x' | 1:12 Index out of bounds: 7",
					"order.itemCount * 9223372036854775807 > 1 | 1:17 long overflow" })
	void failsWithAReasonForWhatTheEventLacks(String expression, String reason) {
		Condition condition = Orders.cel(expression);

		assertThatExceptionOfType(ConditionFailure.class).isThrownBy(() -> condition.matches(ORDER))
			.withMessage("The expression fails for this event: " + reason);
		assertThat(condition.explain(ORDER).matched()).isNull();
		assertThat(condition.explain(ORDER).failure()).endsWith(reason);
	}

	@Test
	void countsAFailureOnlyIfNoOtherPartDecides() {
		String fails = "{\"cel\":\"1 / 0 == 1\"}";

		assertThat(Orders.condition("{\"any\":[" + fails + ",{\"cel\":\"true\"}]}").matches(ORDER)).isTrue();
		assertThat(Orders.condition("{\"all\":[" + fails + ",{\"cel\":\"false\"}]}").matches(ORDER)).isFalse();
		assertThat(Orders.condition("{\"all\":[" + fails + ",{\"cel\":\"false\"}]}").explain(ORDER).matched())
			.isFalse();
		assertThatExceptionOfType(ConditionFailure.class)
			.isThrownBy(() -> Orders.condition("{\"all\":[" + fails + ",{\"cel\":\"true\"}]}").matches(ORDER));
	}

	@Test
	void looksAtTheFieldsOfAnItem() {
		Condition condition = Orders
			.condition("{\"anyItem\":{\"field\":\"order.lines\",\"where\":{\"cel\":\"price * 2.0 == 128.0\"}}}");

		assertThat(condition.matches(ORDER)).isTrue();
	}

	@Test
	void failsForAValueOfAnotherTypeThanItsField() {
		Subject broken = Orders.subject("{\"order\":{\"total\":\"much\",\"note\":5,\"placedAt\":\"soon\"}}");

		for (Condition condition : new Condition[] { Orders.cel("order.total > 1.0"),
				Orders.test("order.total", "GREATER", "1"), Orders.test("order.total", "EQUALS", "1"),
				Orders.test("order.note", "CONTAINS", "\"a\""),
				Orders.test("order.placedAt", "AFTER", "\"2026-01-01\"") }) {
			assertThatExceptionOfType(ConditionFailure.class).isThrownBy(() -> condition.matches(broken));
		}
		assertThat(Orders.test("order.total", "EXISTS", "null").matches(broken)).isTrue();
	}

}
