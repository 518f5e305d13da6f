package dev.belfry.alerts.condition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventFieldType;
import dev.belfry.platform.Faults;
import dev.belfry.platform.Place;
import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserErrorCode;

/**
 * Reads the values that tests compare with. Each method gives null for a value that is
 * wrong, and has then noted why.
 */
final class ValueReader {

	private static final BigDecimal MOST = BigDecimal.valueOf(Lapse.MAX_AMOUNT);

	private final Faults faults;

	ValueReader(Faults faults) {
		this.faults = faults;
	}

	/** A text, number, boolean or {@link TimeSpan}, as the field has them. */
	@Nullable Object one(EventFieldType type, @Nullable Object value, Place place) {
		return switch (type) {
			case STRING -> text(value, place);
			case INTEGER, DECIMAL, MONEY -> number(value, place);
			case BOOLEAN -> bool(value, place);
			case DATE_TIME -> time(value, place);
			case LIST -> throw new IllegalArgumentException("A list is compared with nothing.");
		};
	}

	@Nullable String text(@Nullable Object value, Place place) {
		if (!(value instanceof String text)) {
			return refuse(value, place, "This must be a text.");
		}
		TextProblem problem = TextProblem.of(text, ConditionLimits.MAX_TEXT_LENGTH);
		if (problem != null) {
			this.faults.add(problem.code(), place, problem.message());
			return null;
		}
		return text;
	}

	@Nullable SafePattern pattern(@Nullable Object value, boolean caseSensitive, Place place) {
		String regex = text(value, place);
		try {
			return (regex != null) ? SafePattern.of(CaseFolding.composed(regex), caseSensitive) : null;
		}
		catch (IllegalArgumentException fault) {
			return refuse(value, place, Objects.requireNonNull(fault.getMessage()));
		}
	}

	private @Nullable BigDecimal number(@Nullable Object value, Place place) {
		BigDecimal number = decimal(value);
		if (number == null) {
			return refuse(value, place, "This must be a number.");
		}
		long digits = (long) number.precision() - number.scale();
		if (digits > ConditionLimits.MAX_DIGITS || Math.abs((long) number.scale()) > ConditionLimits.MAX_DIGITS) {
			this.faults.add(UserErrorCode.OUT_OF_RANGE, place, "A number has at most " + ConditionLimits.MAX_DIGITS
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

	private @Nullable Boolean bool(@Nullable Object value, Place place) {
		return (value instanceof Boolean bool) ? bool : refuse(value, place, "This must be true or false.");
	}

	private @Nullable TimeSpan time(@Nullable Object value, Place place) {
		TimeSpan time = (value instanceof String text) ? TimeSpan.parse(text) : null;
		return (time != null) ? time : refuse(value, place,
				"This must be an instant, for example \"2026-03-01T09:30:00Z\", or a date, for example \"2026-03-01\".");
	}

	/** One value or more; null if any is wrong. */
	@Nullable List<Object> several(EventFieldType type, @Nullable Object value, Place place) {
		if (!(value instanceof List<?> list)) {
			return refuse(value, place, "This must be a list.");
		}
		if (list.isEmpty()) {
			this.faults.add(UserErrorCode.REQUIRED, place, "This needs at least one value.");
			return null;
		}
		if (list.size() > ConditionLimits.MAX_LIST_VALUES) {
			this.faults.add(UserErrorCode.TOO_MANY, place,
					"This takes at most " + ConditionLimits.MAX_LIST_VALUES + " values.");
			return null;
		}
		List<Object> values = new ArrayList<>(list.size());
		for (int i = 0; i < list.size(); i++) {
			Object read = one(type, list.get(i), place.then(i));
			if (read != null) {
				values.add(read);
			}
		}
		return (values.size() == list.size()) ? values : null;
	}

	/** Two values in their order. */
	<T> @Nullable Check between(Class<T> type, BiFunction<T, T, Boolean> inOrder, BiFunction<T, T, Check> check,
			EventFieldType fieldType, @Nullable Object value, Place place) {
		if (!(value instanceof List<?> list) || list.size() != 2) {
			return refuse(value, place, "This must be a list of two values, the lower one first.");
		}
		List<Object> two = several(fieldType, value, place);
		if (two == null) {
			return null;
		}
		T low = type.cast(two.get(0));
		T high = type.cast(two.get(1));
		if (!inOrder.apply(low, high)) {
			this.faults.add(UserErrorCode.OUT_OF_RANGE, place, "The first of the two must not be above the second.");
			return null;
		}
		return check.apply(low, high);
	}

	@Nullable Lapse lapse(@Nullable Object value, Place place) {
		if (!(value instanceof Map<?, ?> object)
				|| !object.keySet().stream().allMatch(List.of("amount", "unit")::contains)) {
			return refuse(value, place,
					"This must be an amount and a unit, for example { \"amount\": 3, \"unit\": \"DAYS\" }.");
		}
		Integer amount = amount(object.get("amount"), place.then("amount"));
		Lapse.Unit unit = unit(object.get("unit"), place.then("unit"));
		return (amount != null && unit != null) ? new Lapse(amount, unit) : null;
	}

	private @Nullable Integer amount(@Nullable Object value, Place place) {
		BigDecimal amount = number(value, place);
		if (amount == null) {
			return null;
		}
		boolean fits = amount.signum() > 0 && amount.compareTo(MOST) <= 0 && amount.stripTrailingZeros().scale() <= 0;
		if (!fits) {
			this.faults.add(UserErrorCode.OUT_OF_RANGE, place, "This must be a whole number from 1 to " + MOST + ".");
		}
		return fits ? Integer.valueOf(amount.intValueExact()) : null;
	}

	private Lapse.@Nullable Unit unit(@Nullable Object value, Place place) {
		return Arrays.stream(Lapse.Unit.values())
			.filter((unit) -> unit.name().equals(value))
			.findFirst()
			.orElseGet(() -> refuse(value, place, "This must be one of " + List.of(Lapse.Unit.values()) + "."));
	}

	private <T> @Nullable T refuse(@Nullable Object value, Place place, String message) {
		this.faults.add((value != null) ? UserErrorCode.INVALID : UserErrorCode.REQUIRED, place, message);
		return null;
	}

}
