package dev.belfry.conditions.operators;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.conditions.tree.Condition;
import dev.belfry.conditions.tree.Orders;

import static dev.belfry.conditions.operators.ConditionOperator.IS_EMPTY;
import static dev.belfry.conditions.operators.ConditionOperator.NOT_EQUALS;
import static dev.belfry.conditions.operators.ConditionOperator.NOT_IN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Each operator on each type it takes, on values that are there and that are not. */
class OperatorTableTests {

	/** Type, field, operator, value, what it is true of, what it is false of. */
	private static final String TABLE = """
			STRING    | note      | EQUALS           | "Straße"   | "STRASSE"   | "Strasse 1"
			STRING    | note      | NOT_EQUALS       | "Red"      | "Reds"      | "rED"
			STRING    | note      | IN               | ["a", "É"] | "e\u0301"   | "e"
			STRING    | note      | NOT_IN           | ["a", "b"] | "c"         | "B"
			STRING    | note      | CONTAINS         | "ΟΣ"       | "ὁδος Χ οσ" | "ο"
			STRING    | note      | STARTS_WITH      | "ab"       | "ABC"       | "bab"
			STRING    | note      | ENDS_WITH        | "bc"       | "ABC"       | "bcd"
			STRING    | note      | MATCHES          | "^a.c"     | "AbCd"      | "xabc"
			STRING    | note      | EXISTS           | null       | "x"         |
			STRING    | note      | IS_EMPTY         | null       |             | "x"
			INTEGER   | itemCount | EQUALS           | 3.00       | 3           | 4
			INTEGER   | itemCount | NOT_EQUALS       | 3          | -3          | 3.0
			INTEGER   | itemCount | GREATER          | 2          | 3           | 2
			INTEGER   | itemCount | GREATER_OR_EQUAL | 2          | 2           | 1
			INTEGER   | itemCount | LESS             | 2          | 1           | 2
			INTEGER   | itemCount | LESS_OR_EQUAL    | 2          | 2           | 3
			INTEGER   | itemCount | BETWEEN          | [1, 3]     | 3           | 4
			INTEGER   | itemCount | IN               | [1, 3]     | 1           | 2
			INTEGER   | itemCount | NOT_IN           | [1, 3]     | 2           | 3
			INTEGER   | itemCount | EXISTS           | null       | 0           |
			INTEGER   | itemCount | IS_EMPTY         | null       |             | 0
			DECIMAL   | weight    | EQUALS           | 0.3        | 0.30        | 0.30000000000000004
			DECIMAL   | weight    | NOT_EQUALS       | 0.3        | 0.31        | 0.300
			DECIMAL   | weight    | GREATER          | 0.3        | 0.31        | 0.30
			DECIMAL   | weight    | GREATER_OR_EQUAL | 0.3        | 0.30        | 0.29
			DECIMAL   | weight    | LESS             | 0.3        | -7          | 0.30
			DECIMAL   | weight    | LESS_OR_EQUAL    | 0.3        | 0.30        | 0.301
			DECIMAL   | weight    | BETWEEN          | [0.1, 0.3] | 0.10        | 0.09
			DECIMAL   | weight    | IN               | [1e2, 0.3] | 100         | 0.2
			DECIMAL   | weight    | NOT_IN           | [0.0]      | 1           | 0
			DECIMAL   | weight    | EXISTS           | null       | 0           |
			DECIMAL   | weight    | IS_EMPTY         | null       |             | 0
			MONEY     | total     | EQUALS           | 10         | 10.00       | 10.01
			MONEY     | total     | NOT_EQUALS       | 10         | 10.01       | 10.00
			MONEY     | total     | GREATER          | 10         | 10.01       | 10.00
			MONEY     | total     | GREATER_OR_EQUAL | 10         | 10.00       | 9.99
			MONEY     | total     | LESS             | 10         | 9.99        | 10.00
			MONEY     | total     | LESS_OR_EQUAL    | 10         | 10.00       | 10.01
			MONEY     | total     | BETWEEN          | [9, 10]    | 9.00        | 8.99
			MONEY     | total     | IN               | [9, 10]    | 10.0        | 9.5
			MONEY     | total     | NOT_IN           | [9, 10]    | 9.5         | 10.0
			MONEY     | total     | EXISTS           | null       | 0           |
			MONEY     | total     | IS_EMPTY         | null       |             | 0
			BOOLEAN   | express   | EQUALS           | true       | true        | false
			BOOLEAN   | express   | NOT_EQUALS       | true       | false       | true
			BOOLEAN   | express   | EXISTS           | null       | false       |
			BOOLEAN   | express   | IS_EMPTY         | null       |             | false
			DATE_TIME | placedAt  | EQUALS           | "2026-03-01" | "2026-02-28T23:00:00Z" | "2026-03-01T23:00:00Z"
			DATE_TIME | placedAt  | NOT_EQUALS       | "2026-03-01T01:00:00+01:00" | "2026-03-01T00:00:01Z" | "2026-03-01T00:00:00Z"
			DATE_TIME | placedAt  | BEFORE           | "2026-03-01" | "2026-02-28T22:59:59.999999Z" | "2026-02-28T23:00:00Z"
			DATE_TIME | placedAt  | AFTER            | "2026-03-01" | "2026-03-01T23:00:00Z" | "2026-03-01T22:59:59.999999Z"
			DATE_TIME | placedAt  | BETWEEN          | ["2026-03-01", "2026-03-02T00:00:00Z"] | "2026-03-02T00:00:00Z" | "2026-03-02T00:00:00.000001Z"
			DATE_TIME | placedAt  | WITHIN_LAST      | { "amount": 1, "unit": "DAYS" } | "2026-03-28T11:00:00Z" | "2026-03-28T10:59:59Z"
			DATE_TIME | placedAt  | EXISTS           | null       | "2026-03-01T00:00:00Z" |
			DATE_TIME | placedAt  | IS_EMPTY         | null       |             | "2026-03-01T00:00:00Z"
			LIST      | lines     | EXISTS           | null       | [{}]        |
			LIST      | lines     | IS_EMPTY         | null       |             | [{}]
			""";

	private static final Set<ConditionOperator> TRUE_OF_NOTHING = EnumSet.of(IS_EMPTY, NOT_EQUALS, NOT_IN);

	private static List<Row> rows() {
		return TABLE.lines().map(Row::of).toList();
	}

	@Test
	void hasARowForEachOperatorOfEachType() {
		List<String> all = Stream.of(EventFieldType.values())
			.flatMap((type) -> ConditionOperator.of(type).stream().map((operator) -> type + " " + operator))
			.toList();

		List<String> rows = rows().stream().map((row) -> row.type + " " + row.operator).toList();

		assertThat(rows).containsExactlyInAnyOrderElementsOf(all);
	}

	@TestFactory
	Stream<DynamicTest> tellsWhatIsThereAndWhatIsNot() {
		return rows().stream().flatMap(OperatorTableTests::tests);
	}

	private static Stream<DynamicTest> tests(Row row) {
		Condition condition = Orders.test("order." + row.field, row.operator.name(), row.value);
		boolean ofNothing = TRUE_OF_NOTHING.contains(row.operator);
		List<DynamicTest> tests = new ArrayList<>();
		if (!row.trueOf.isEmpty()) {
			tests.add(test(row, condition, row.trueOf, true));
		}
		if (!row.falseOf.isEmpty()) {
			tests.add(test(row, condition, row.falseOf, false));
		}
		for (String nothing : List.of("null", "\"\"", "\" \\t\\u2003\"", "[]")) {
			tests.add(test(row, condition, nothing, ofNothing));
		}
		for (String payload : List.of("{}", "{\"order\":null}", "{\"order\":{}}", "{\"order\":\"x\"}")) {
			tests.add(dynamicTest(row + " of " + payload,
					() -> assertThat(condition.matches(Orders.subject(payload))).isEqualTo(ofNothing)));
		}
		return tests.stream();
	}

	private static DynamicTest test(Row row, Condition condition, String value, boolean expected) {
		return dynamicTest(row + " of " + value,
				() -> assertThat(condition.matches(Orders.subject("{\"order\":{\"" + row.field + "\":" + value + "}}")))
					.isEqualTo(expected));
	}

	/** A row of the table. */
	private record Row(EventFieldType type, String field, ConditionOperator operator, String value, String trueOf,
			String falseOf) {

		static Row of(String line) {
			String[] cells = line.split("\\|", -1);
			return new Row(EventFieldType.valueOf(cells[0].trim()), cells[1].trim(),
					ConditionOperator.valueOf(cells[2].trim()), cells[3].trim(), cells[4].trim(), cells[5].trim());
		}

		@Override
		public String toString() {
			return this.type + " " + this.operator + " " + this.value;
		}

	}

}
