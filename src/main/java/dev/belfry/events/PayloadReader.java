package dev.belfry.events;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventField;
import dev.belfry.platform.Faults;
import dev.belfry.platform.Nearest;
import dev.belfry.platform.Place;
import dev.belfry.platform.Rfc3339;
import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserErrorCode;

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

	private final Faults faults;

	PayloadReader(Faults faults) {
		this.faults = faults;
	}

	/** The payload; of use only if there are no faults. */
	Map<String, Object> read(Shape.Branch shape, @Nullable Object payload, Place place) {
		if (payload instanceof Map<?, ?> object) {
			return object(shape, object, place);
		}
		this.faults.add(UserErrorCode.INVALID, place, () -> "This must be an object.");
		return Map.of();
	}

	private Map<String, Object> object(Shape.Branch shape, Map<?, ?> object, Place place) {
		object.forEach((name, value) -> {
			if (!shape.children().containsKey(name)) {
				refuseName(shape, String.valueOf(name), place);
			}
		});
		Map<String, Object> fields = new LinkedHashMap<>();
		shape.children().forEach((name, child) -> {
			Object value = value(child, object.get(name), place.then(name));
			if (value != null) {
				fields.put(name, value);
			}
		});
		return fields;
	}

	/** A name that could not be told again is left out of the place. */
	private void refuseName(Shape.Branch shape, String name, Place place) {
		boolean tellable = TextProblem.of(name, LONGEST_NAME) == null;
		this.faults.add(UserErrorCode.INVALID, tellable ? place.then(name) : place, () -> {
			String meant = Nearest.of(name, shape.children().keySet());
			String hint = (meant != null) ? " Did you mean \"" + meant + "\"?" : "";
			return (tellable ? "This event type has no such field here." : "This event type has no field here by "
					+ "a name that is empty, has more than " + LONGEST_NAME + " characters or is no Unicode.") + hint;
		});
	}

	private @Nullable Object value(Shape shape, @Nullable Object value, Place place) {
		if (shape instanceof Shape.Branch branch) {
			Map<String, Object> fields = read(branch, (value != null) ? value : Map.of(), place);
			return fields.isEmpty() ? null : fields;
		}
		if (shape instanceof Shape.Rows rows) {
			return (value != null) ? items(rows, value, place) : missing(rows.field(), place);
		}
		EventField field = ((Shape.Leaf) shape).field();
		return (value != null) ? leaf(field, value, place) : missing(field, place);
	}

	private @Nullable Object missing(EventField field, Place place) {
		if (field.required()) {
			this.faults.add(UserErrorCode.REQUIRED, place, () -> "This event type needs it: " + field.label() + ".");
		}
		return null;
	}

	private @Nullable Object items(Shape.Rows rows, Object value, Place place) {
		if (!(value instanceof List<?> list)) {
			this.faults.add(UserErrorCode.INVALID, place, () -> "This must be a list of objects.");
			return null;
		}
		if (list.isEmpty()) {
			return missing(rows.field(), place);
		}
		if (list.size() > MOST_ITEMS) {
			this.faults.add(UserErrorCode.TOO_MANY, place, () -> "This takes at most " + MOST_ITEMS + " items.");
			return null;
		}
		List<Object> items = new ArrayList<>(list.size());
		for (int i = 0; i < list.size(); i++) {
			items.add(read(rows.item(), list.get(i), place.then(i)));
		}
		return items;
	}

	private @Nullable Object leaf(EventField field, Object value, Place place) {
		return switch (field.type()) {
			case STRING -> text(field, value, place);
			case INTEGER -> integer(value, place);
			case DECIMAL, MONEY -> decimal(value, place);
			case BOOLEAN -> bool(value, place);
			case DATE_TIME -> instant(value, place);
			case LIST -> throw new IllegalStateException("A list is no single value.");
		};
	}

	/** A blank one is as none. */
	private @Nullable Object text(EventField field, Object value, Place place) {
		if (!(value instanceof String text)) {
			this.faults.add(UserErrorCode.INVALID, place, () -> "This must be a text.");
			return null;
		}
		if (TextProblem.isBlank(text)) {
			return missing(field, place);
		}
		TextProblem problem = TextProblem.of(text, LONGEST_TEXT);
		if (problem != null) {
			this.faults.add(problem.code(), place, problem::message);
			return null;
		}
		return text;
	}

	private @Nullable Object integer(Object value, Place place) {
		BigDecimal number = decimal(value, place);
		if (number != null && number.scale() > 0) {
			this.faults.add(UserErrorCode.INVALID, place, () -> "This must be a whole number.");
		}
		else if (number != null && number.abs().compareTo(GREATEST_INTEGER) > 0) {
			this.faults.add(UserErrorCode.OUT_OF_RANGE, place,
					() -> "This must be from -" + GREATEST_INTEGER + " to " + GREATEST_INTEGER + ".");
		}
		return number;
	}

	private @Nullable BigDecimal decimal(Object value, Place place) {
		if (!(value instanceof BigDecimal number)) {
			this.faults.add(UserErrorCode.INVALID, place, () -> "This must be a number.");
			return null;
		}
		long digits = (long) number.precision() - number.scale();
		if (digits > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
			this.faults.add(UserErrorCode.OUT_OF_RANGE, place,
					() -> "A number has at most " + MOST_DIGITS + " digits before its point, and as many after it.");
			return null;
		}
		return number.stripTrailingZeros();
	}

	private @Nullable Object bool(Object value, Place place) {
		if (!(value instanceof Boolean)) {
			this.faults.add(UserErrorCode.INVALID, place, () -> "This must be true or false.");
		}
		return value;
	}

	private @Nullable Object instant(Object value, Place place) {
		OffsetDateTime time = (value instanceof String text) ? Rfc3339.parse(text) : null;
		if (time == null) {
			this.faults.add(UserErrorCode.INVALID, place,
					() -> "This must be an instant as RFC 3339 writes it, for example \"2026-03-01T09:30:00Z\".");
			return null;
		}
		return Rfc3339.format(time);
	}

}
