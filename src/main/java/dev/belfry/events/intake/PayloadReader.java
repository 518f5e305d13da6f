package dev.belfry.events.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.input.InputErrors;
import dev.belfry.input.Nearest;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;
import dev.belfry.values.Rfc3339;

/**
 * Reads a payload as the catalogue describes it and notes all that is wrong with it. What
 * it gives has one form: no nulls, numbers without zeros at their ends, instants in UTC.
 */
final class PayloadReader {

	static final int LONGEST_TEXT = 2_000;

	static final int MOST_ITEMS = 200;

	/** A number is below ten to this power, and has no more decimals. */
	static final int MOST_DIGITS = 100;

	private static final int LONGEST_NAME = 100;

	private static final BigDecimal GREATEST_INTEGER = BigDecimal.valueOf((1L << 53) - 1);

	private PayloadReader() {
	}

	/** The payload; of use only if there are no errors. */
	static Map<String, Object> read(PayloadShape.Branch shape, @Nullable Object payload, InputErrors errors) {
		if (payload instanceof Map<?, ?> object) {
			return object(shape, object, errors);
		}
		errors.add(UserErrorCode.INVALID, () -> "This must be an object.");
		return Map.of();
	}

	private static Map<String, Object> object(PayloadShape.Branch shape, Map<?, ?> object, InputErrors errors) {
		object.forEach((name, value) -> {
			if (!shape.children().containsKey(name)) {
				refuseName(shape, String.valueOf(name), errors);
			}
		});
		Map<String, Object> fields = new LinkedHashMap<>();
		shape.children().forEach((name, child) -> {
			Object value = value(child, object.get(name), errors.at(name));
			if (value != null) {
				fields.put(name, value);
			}
		});
		return fields;
	}

	/** An invalid name is left out of the path. */
	private static void refuseName(PayloadShape.Branch shape, String name, InputErrors errors) {
		boolean validName = TextProblem.of(name, LONGEST_NAME) == null;
		(validName ? errors.at(name) : errors).add(UserErrorCode.INVALID, () -> {
			String meant = Nearest.of(name, shape.children().keySet());
			String hint = (meant != null) ? " Did you mean \"" + meant + "\"?" : "";
			return (validName ? "This event type has no such field here." : "This event type has no field here by "
					+ "a name that is empty, has more than " + LONGEST_NAME + " characters or is not valid Unicode.")
					+ hint;
		});
	}

	private static @Nullable Object value(PayloadShape shape, @Nullable Object value, InputErrors errors) {
		if (shape instanceof PayloadShape.Branch branch) {
			Map<String, Object> fields = read(branch, (value != null) ? value : Map.of(), errors);
			return fields.isEmpty() ? null : fields;
		}
		if (shape instanceof PayloadShape.Rows rows) {
			return (value != null) ? items(rows, value, errors) : missing(rows.field(), errors);
		}
		EventField field = ((PayloadShape.Leaf) shape).field();
		return (value != null) ? leaf(field, value, errors) : missing(field, errors);
	}

	private static @Nullable Object missing(EventField field, InputErrors errors) {
		if (field.required()) {
			errors.add(UserErrorCode.REQUIRED, () -> "This event type requires it: " + field.label() + ".");
		}
		return null;
	}

	private static @Nullable Object items(PayloadShape.Rows rows, Object value, InputErrors errors) {
		if (!(value instanceof List<?> list)) {
			errors.add(UserErrorCode.INVALID, () -> "This must be a list of objects.");
			return null;
		}
		if (list.isEmpty()) {
			return missing(rows.field(), errors);
		}
		if (list.size() > MOST_ITEMS) {
			errors.add(UserErrorCode.TOO_MANY, () -> "This takes at most " + MOST_ITEMS + " items.");
			return null;
		}
		List<Object> items = new ArrayList<>(list.size());
		for (int i = 0; i < list.size(); i++) {
			items.add(read(rows.item(), list.get(i), errors.at(i)));
		}
		return items;
	}

	private static @Nullable Object leaf(EventField field, Object value, InputErrors errors) {
		return switch (field.type()) {
			case STRING -> text(field, value, errors);
			case INTEGER -> integer(value, errors);
			case DECIMAL, MONEY -> decimal(value, errors);
			case BOOLEAN -> bool(value, errors);
			case DATE_TIME -> instant(value, errors);
			case LIST -> throw new IllegalStateException("A list is not a single value.");
		};
	}

	/** A blank one is as none. */
	private static @Nullable Object text(EventField field, Object value, InputErrors errors) {
		if (!(value instanceof String text)) {
			errors.add(UserErrorCode.INVALID, () -> "This must be a text.");
			return null;
		}
		if (TextProblem.isBlank(text)) {
			return missing(field, errors);
		}
		TextProblem problem = TextProblem.of(text, LONGEST_TEXT);
		errors.add(problem);
		return (problem == null) ? text : null;
	}

	private static @Nullable Object integer(Object value, InputErrors errors) {
		BigDecimal number = decimal(value, errors);
		if (number != null && number.scale() > 0) {
			errors.add(UserErrorCode.INVALID, () -> "This must be a whole number.");
		}
		else if (number != null && number.abs().compareTo(GREATEST_INTEGER) > 0) {
			errors.add(UserErrorCode.OUT_OF_RANGE,
					() -> "This must be from -" + GREATEST_INTEGER + " to " + GREATEST_INTEGER + ".");
		}
		return number;
	}

	private static @Nullable BigDecimal decimal(Object value, InputErrors errors) {
		if (!(value instanceof BigDecimal number)) {
			errors.add(UserErrorCode.INVALID, () -> "This must be a number.");
			return null;
		}
		long digits = (long) number.precision() - number.scale();
		if (digits > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
			errors.add(UserErrorCode.OUT_OF_RANGE,
					() -> "A number has at most " + MOST_DIGITS + " digits before its point, and as many after it.");
			return null;
		}
		return number.stripTrailingZeros();
	}

	private static @Nullable Object bool(Object value, InputErrors errors) {
		if (!(value instanceof Boolean)) {
			errors.add(UserErrorCode.INVALID, () -> "This must be true or false.");
		}
		return value;
	}

	private static @Nullable Object instant(Object value, InputErrors errors) {
		Instant time = (value instanceof String text) ? Rfc3339.parse(text) : null;
		if (time == null) {
			errors.add(UserErrorCode.INVALID,
					() -> "This must be an instant as RFC 3339 writes it, for example \"2026-03-01T09:30:00Z\".");
			return null;
		}
		return Rfc3339.format(time);
	}

}
