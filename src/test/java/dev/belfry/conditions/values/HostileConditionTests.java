package dev.belfry.conditions.values;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.conditions.tree.Condition;
import dev.belfry.conditions.tree.ConditionReading;
import dev.belfry.conditions.tree.Orders;
import dev.belfry.input.UserError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Conditions and events that are made to break something. */
class HostileConditionTests {

	/** As much as intake takes: 200 items, and texts of 2,000 characters. */
	private static final Subject LARGE = subject("a".repeat(2_000), 200);

	private static Subject subject(String note, int lines) {
		Map<String, Object> line = Map.of("sku", "a".repeat(50), "quantity", BigDecimal.ONE, "price", BigDecimal.TEN);
		return new Subject(Map.of("order", Map.of("note", note, "lines", Collections.nCopies(lines, line))),
				Orders.RECORDED_AT, Orders.ZONE);
	}

	@Test
	void readsATreeAThousandDeepWithoutOverflow() {
		Map<String, Object> tree = Map.of("cel", "true");
		Object value = "x";
		for (int i = 0; i < 1_000; i++) {
			tree = Map.of("not", tree);
			value = List.of(value);
		}
		Map<String, Object> test = Map.of("field", "order.note", "operator", "EQUALS", "value", value);

		assertThat(ConditionReading.of(Orders.TYPE, tree).errors()).hasSize(1);
		assertThat(ConditionReading.of(Orders.TYPE, Map.of("test", test)).errors()).hasSize(1);
	}

	@Test
	void refusesNumbersThatAreNone() {
		for (double none : new double[] { Double.NaN, Double.POSITIVE_INFINITY }) {
			Map<String, Object> test = Map.of("field", "order.total", "operator", "EQUALS", "value", none);

			assertThat(ConditionReading.of(Orders.TYPE, Map.of("test", test)).errors()).hasSize(1);
		}
	}

	@Test
	void addsDecimalsOnlyWhereTheyAreExact() {
		assertThat(Orders.test("order.weight", "EQUALS", "0.3")
			.matches(Orders.subject("{\"order\":{\"weight\":0.30000000000000004}}"))).isFalse();
	}

	@Test
	void comparesTextsTheSameInTurkey() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(new Locale("tr", "TR"));
			Condition title = Orders.test("order.note", "EQUALS", "\"TITLE\"");

			assertThat(title.matches(Orders.subject("{\"order\":{\"note\":\"title\"}}"))).isTrue();
			assertThat(title.matches(Orders.subject("{\"order\":{\"note\":\"tıtle\"}}"))).isFalse();
			assertThat(title.matches(Orders.subject("{\"order\":{\"note\":\"tİtle\"}}"))).isFalse();
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "(a+)+$", "(a|aa)+$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$" })
	void takesTimeInProportionToTheTextForAnyPattern(String regex) {
		Condition condition = Orders.test("order.note", "MATCHES", "\"" + regex + "\"");

		assertThat(condition.matches(subject("a".repeat(2_000), 0))).isEqualTo(!regex.endsWith("b"));
	}

	@Test
	void givesUpOnFiftyThousandLettersAndALargePattern() {
		Condition condition = Orders.test("order.note", "MATCHES", "\"(a?){40}b\"");

		assertThatExceptionOfType(ConditionFailure.class)
			.isThrownBy(() -> condition.matches(subject("a".repeat(50_000), 0)))
			.withMessage("This takes too long for this event.");
	}

	@Test
	void givesUpOnManyPatternsTogether() {
		Map<String, Object> test = Map.of("test",
				Map.of("field", "order.note", "operator", "MATCHES", "value", "(a?){40}b"));
		Condition condition = ConditionReading.of(Orders.TYPE, Map.of("any", Collections.nCopies(100, test)))
			.condition();

		assertThatExceptionOfType(ConditionFailure.class).isThrownBy(() -> condition.matches(LARGE));
	}

	@Test
	void givesUpOnManyTestsOfManyItems() {
		Map<String, Object> test = Map.of("test", Map.of("field", "sku", "operator", "CONTAINS", "value", "b"));
		Map<String, Object> items = Map.of("anyItem",
				Map.of("field", "order.lines", "where", Map.of("any", Collections.nCopies(190, test))));
		Condition condition = ConditionReading.of(Orders.TYPE, items).condition();

		assertThatExceptionOfType(ConditionFailure.class).isThrownBy(() -> condition.matches(LARGE));
		assertThat(condition.explain(LARGE).matched()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"order.lines.exists(a, order.lines.exists(b, order.lines.exists(c, a.sku == b.sku + c.sku)))",
			"order.lines.all(a, order.lines.exists(b, false) || true)",
			"order.lines.map(a, order.lines.map(b, order.lines.map(c, a.sku + b.sku + c.sku))).size() == 1",
			"order.lines.exists(a, order.note.matches('(b?){40}c'))",
			"order.lines.exists(a, order.note.matches('(a+)+b') || order.note.matches('(a+)+c') || order.note.matches('(a+)+d'))",
			"(order.note + order.note + order.note).contains('b')",
			"order.lines.exists(a, (order.note + order.note).contains(order.note + 'b'))",
			"[[1,2,3,4,5,6,7,8,9]].exists(a, a.exists(b, a.exists(c, a.exists(d, a.exists(e, a.exists(f, a.exists(g, b + c + d + e + f + g < 0)))))))" })
	void givesUpOnAnExpressionThatGrows(String expression) {
		Condition condition = Orders.cel(expression);

		assertThatExceptionOfType(ConditionFailure.class).isThrownBy(() -> condition.matches(LARGE));
	}

	@Test
	void compilesNoMoreThanTwentyExpressions() {
		List<Map<String, Object>> expressions = Collections.nCopies(ConditionLimits.MAX_CEL_PARTS,
				Map.of("cel", "true"));
		List<Map<String, Object>> more = new ArrayList<>(expressions);
		more.addAll(expressions);

		assertThat(ConditionReading.of(Orders.TYPE, Map.of("any", expressions)).errors()).isEmpty();
		assertThat(ConditionReading.of(Orders.TYPE, Map.of("any", more)).errors()).singleElement()
			.extracting(UserError::field)
			.isEqualTo(List.of("any", "20", "cel"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "order.lines[9223372036854775807].sku == ''", "int(order.note) > 0",
			"recordedAt.getFullYear(order.note) == 1" })
	void saysInALineWhyAnExpressionFailsWhateverTheEventHolds(String expression) {
		Subject hostile = subject("\u202e\n" + "a".repeat(1_990), 200);

		assertThatExceptionOfType(ConditionFailure.class).isThrownBy(() -> Orders.cel(expression).matches(hostile))
			.satisfies((failure) -> assertThat(failure.reason()).startsWith("The expression fails for this event: 1:")
				.hasSizeLessThan(350)
				.doesNotContainPattern("[\\p{Cc}\u202e]"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 1_900 })
	void refusesAnExpressionThatNestsDeep(int depth) {
		for (String expression : new String[] { "[".repeat(depth), "(".repeat(depth), "1+".repeat(depth / 2) + "1 > 1",
				"order" + ".a".repeat(depth / 2), "true ? ".repeat(depth / 8) + "1" }) {
			assertThat(Orders.readingOfCel(expression).errors()).isNotEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "T(java.lang.Runtime)", "${7*7}", "#{7*7}", "{{7*7}}", "%s%n%n", "order.note.getClass()",
			"java.lang.System.exit(0)", "google.protobuf.Value{}", "\u0000", "\"", "\\" })
	void runsNoOtherLanguage(String expression) {
		assertThat(Orders.readingOfCel(expression).errors()).isNotEmpty();
	}

	@Test
	void takesSuchTextsAsTheyAre() {
		for (String text : List.of("${7*7}", "T(java.lang.Runtime)", "{{order.note}}", "' OR 1=1 --")) {
			Map<String, Object> test = Map.of("field", "order.note", "operator", "EQUALS", "value", text);
			Condition condition = ConditionReading.of(Orders.TYPE, Map.of("test", test)).condition();

			assertThat(condition.matches(subject(text, 0))).isTrue();
			assertThat(condition.matches(subject("49", 0))).isFalse();
		}
	}

}
