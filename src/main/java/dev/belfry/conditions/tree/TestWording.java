package dev.belfry.conditions.tree;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.operators.ConditionOperator;

/** Tests as people read them. */
final class TestWording {

	private static final int MOST_VALUES = 5;

	private TestWording() {
	}

	/** For example: Order total is at least 100. */
	static String of(String label, ConditionOperator operator, @Nullable Object value) {
		String said = label + " " + operator.label();
		return switch (operator.value()) {
			case NONE -> said;
			case ONE, TEXT, REGEX -> said + " " + value(value);
			case TWO -> said + " " + list((List<?>) value, " and ");
			case LIST -> said + " " + list((List<?>) value, ", ");
			case DURATION -> said + " " + lookBack((Map<?, ?>) value);
		};
	}

	private static String list(@Nullable List<?> values, String between) {
		if (values == null) {
			return "";
		}
		String first = values.stream().limit(MOST_VALUES).map(TestWording::value).collect(Collectors.joining(between));
		return (values.size() <= MOST_VALUES) ? first : first + " and " + (values.size() - MOST_VALUES) + " more";
	}

	private static String lookBack(@Nullable Map<?, ?> lookBack) {
		return (lookBack != null)
				? value(lookBack.get("amount")) + " " + String.valueOf(lookBack.get("unit")).toLowerCase(Locale.ROOT)
				: "";
	}

	private static String value(@Nullable Object value) {
		if (value instanceof String text) {
			return "\"" + text + "\"";
		}
		return (value instanceof BigDecimal number) ? number.toPlainString() : String.valueOf(value);
	}

}
