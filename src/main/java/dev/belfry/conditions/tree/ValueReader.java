package dev.belfry.conditions.tree;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.conditions.operators.Check;
import dev.belfry.conditions.operators.LookBack;
import dev.belfry.conditions.operators.SafePattern;
import dev.belfry.conditions.operators.TimeSpan;
import dev.belfry.conditions.values.CaseFolding;
import dev.belfry.conditions.values.ConditionLimits;
import dev.belfry.input.InputErrors;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;

/**
 * Reads the values that tests compare with. Each method gives null for a value that is
 * wrong, and has then noted why.
 */
final class ValueReader {

	private static final BigDecimal MOST = BigDecimal.valueOf(LookBack.MAX_AMOUNT);

	private ValueReader() {
	}

	/** A text, number, boolean or {@link TimeSpan}, as the field has them. */
	static @Nullable Object one(EventFieldType type, @Nullable Object value, InputErrors errors) {
		return switch (type) {
			case STRING -> text(value, errors);
			case INTEGER, DECIMAL, MONEY -> number(value, errors);
			case BOOLEAN -> bool(value, errors);
			case DATE_TIME -> time(value, errors);
			case LIST -> throw new IllegalArgumentException("A list is compared with nothing.");
		};
	}

	static @Nullable String text(@Nullable Object value, InputErrors errors) {
		if (!(value instanceof String text)) {
			return refuse(value, errors, "This must be a text.");
		}
		TextProblem problem = TextProblem.of(text, ConditionLimits.MAX_TEXT_LENGTH);
		errors.add(problem);
		return (problem == null) ? text : null;
	}

	static @Nullable SafePattern pattern(@Nullable Object value, boolean caseSensitive, InputErrors errors) {
		String regex = text(value, errors);
		try {
			return (regex != null) ? SafePattern.of(CaseFolding.composed(regex), caseSensitive) : null;
		}
		catch (IllegalArgumentException fault) {
			return refuse(value, errors, Objects.requireNonNull(fault.getMessage()));
		}
	}

	private static @Nullable BigDecimal number(@Nullable Object value, InputErrors errors) {
		BigDecimal number = decimal(value);
		if (number == null) {
			return refuse(value, errors, "This must be a number.");
		}
		long digits = (long) number.precision() - number.scale();
		if (digits > ConditionLimits.MAX_DIGITS || Math.abs((long) number.scale()) > ConditionLimits.MAX_DIGITS) {
			errors.add(UserErrorCode.OUT_OF_RANGE, "A number has at most " + ConditionLimits.MAX_DIGITS
					+ " digits before its point, and as many after it.");
			return null;
		}
		return number;
	}

	/** NaN and the infinities are none. */
	private static @Nullable BigDecimal decimal(@Nullable Object value) {
		try {
			return (value instanceof Number number) ? new BigDecimal(number.toString()) : null;
		}
		catch (NumberFormatException none) {
			return null;
		}
	}

	private static @Nullable Boolean bool(@Nullable Object value, InputErrors errors) {
		return (value instanceof Boolean bool) ? bool : refuse(value, errors, "This must be true or false.");
	}

	private static @Nullable TimeSpan time(@Nullable Object value, InputErrors errors) {
		TimeSpan time = (value instanceof String text) ? TimeSpan.parse(text) : null;
		return (time != null) ? time : refuse(value, errors,
				"This must be an instant, for example \"2026-03-01T09:30:00Z\", or a date, for example \"2026-03-01\".");
	}

	/** One value or more; null if any is wrong. */
	static @Nullable List<Object> several(EventFieldType type, @Nullable Object value, InputErrors errors) {
		if (!(value instanceof List<?> list)) {
			return refuse(value, errors, "This must be a list.");
		}
		if (list.isEmpty()) {
			errors.add(UserErrorCode.REQUIRED, "This needs at least one value.");
			return null;
		}
		if (list.size() > ConditionLimits.MAX_LIST_VALUES) {
			errors.add(UserErrorCode.TOO_MANY, "This takes at most " + ConditionLimits.MAX_LIST_VALUES + " values.");
			return null;
		}
		List<Object> values = new ArrayList<>(list.size());
		for (int i = 0; i < list.size(); i++) {
			Object read = one(type, list.get(i), errors.at(i));
			if (read != null) {
				values.add(read);
			}
		}
		return (values.size() == list.size()) ? values : null;
	}

	/** Two values in their order. */
	static <T> @Nullable Check between(Class<T> type, BiFunction<T, T, Boolean> inOrder, BiFunction<T, T, Check> check,
			EventFieldType fieldType, @Nullable Object value, InputErrors errors) {
		if (!(value instanceof List<?> list) || list.size() != 2) {
			return refuse(value, errors, "This must be a list of two values, the lower one first.");
		}
		List<Object> two = several(fieldType, value, errors);
		if (two == null) {
			return null;
		}
		T low = type.cast(two.get(0));
		T high = type.cast(two.get(1));
		if (!inOrder.apply(low, high)) {
			errors.add(UserErrorCode.OUT_OF_RANGE, "The first of the two must not be above the second.");
			return null;
		}
		return check.apply(low, high);
	}

	static @Nullable LookBack lookBack(@Nullable Object value, InputErrors errors) {
		if (!(value instanceof Map<?, ?> object)
				|| !object.keySet().stream().allMatch(List.of("amount", "unit")::contains)) {
			return refuse(value, errors,
					"This must be an amount and a unit, for example { \"amount\": 3, \"unit\": \"DAYS\" }.");
		}
		Integer amount = amount(object.get("amount"), errors.at("amount"));
		LookBack.Unit unit = unit(object.get("unit"), errors.at("unit"));
		return (amount != null && unit != null) ? new LookBack(amount, unit) : null;
	}

	private static @Nullable Integer amount(@Nullable Object value, InputErrors errors) {
		BigDecimal amount = number(value, errors);
		if (amount == null) {
			return null;
		}
		boolean fits = amount.signum() > 0 && amount.compareTo(MOST) <= 0 && amount.stripTrailingZeros().scale() <= 0;
		if (!fits) {
			errors.add(UserErrorCode.OUT_OF_RANGE, "This must be a whole number from 1 to " + MOST + ".");
		}
		return fits ? Integer.valueOf(amount.intValueExact()) : null;
	}

	private static LookBack.@Nullable Unit unit(@Nullable Object value, InputErrors errors) {
		return Arrays.stream(LookBack.Unit.values())
			.filter((unit) -> unit.name().equals(value))
			.findFirst()
			.orElseGet(() -> refuse(value, errors, "This must be one of " + List.of(LookBack.Unit.values()) + "."));
	}

	private static <T> @Nullable T refuse(@Nullable Object value, InputErrors errors, String message) {
		errors.add((value != null) ? UserErrorCode.INVALID : UserErrorCode.REQUIRED, message);
		return null;
	}

}
