package dev.belfry.alerts.condition;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventField;
import dev.belfry.catalog.EventFieldType;
import dev.belfry.platform.Faults;
import dev.belfry.platform.Nearest;
import dev.belfry.platform.Place;
import dev.belfry.platform.UserErrorCode;

/**
 * Reads a test of one field. Each method gives null for what is wrong, and has then noted
 * why.
 */
final class TestReader {

	private final Faults faults;

	private final ValueReader values;

	TestReader(Faults faults) {
		this.faults = faults;
		this.values = new ValueReader(faults);
	}

	@Nullable FieldTest read(Map<?, ?> test, List<EventField> fields, Place place) {
		EventField field = field(test.get("field"), fields, place.then("field"));
		ConditionOperator operator = operator(test.get("operator"), place.then("operator"));
		Boolean caseSensitive = caseSensitive(test.get("caseSensitive"), place.then("caseSensitive"));
		if (field == null || operator == null || caseSensitive == null || !fit(field, operator, place)) {
			return null;
		}
		if (caseSensitive && !operator.hasCase(field.type())) {
			this.faults.invalid(place.then("caseSensitive"), "Only a text that is compared has a case.");
			return null;
		}
		Object value = test.get("value");
		Check check = check(field.type(), operator, value, caseSensitive, place.then("value"));
		return (check != null)
				? new FieldTest(FieldPath.of(field.path()), operator, check, Words.of(field.label(), operator, value))
				: null;
	}

	@Nullable EventField field(@Nullable Object path, List<EventField> fields, Place place) {
		EventField known = fields.stream().filter((field) -> field.path().equals(path)).findFirst().orElse(null);
		if (known == null && path instanceof String wrong) {
			String meant = Nearest.of(wrong, fields.stream().map(EventField::path).toList());
			this.faults.invalid(place,
					"There is no such field here." + ((meant != null) ? " Did you mean \"" + meant + "\"?" : ""));
		}
		else if (known == null) {
			this.faults.add(UserErrorCode.REQUIRED, place, "This must be the path of a field.");
		}
		return known;
	}

	private @Nullable ConditionOperator operator(@Nullable Object name, Place place) {
		return Arrays.stream(ConditionOperator.values())
			.filter((operator) -> operator.name().equals(name))
			.findFirst()
			.orElseGet(() -> {
				this.faults.add((name != null) ? UserErrorCode.INVALID : UserErrorCode.REQUIRED, place,
						"This must be an operator.");
				return null;
			});
	}

	private @Nullable Boolean caseSensitive(@Nullable Object value, Place place) {
		if (value == null || value instanceof Boolean) {
			return Boolean.TRUE.equals(value);
		}
		this.faults.invalid(place, "This must be true or false.");
		return null;
	}

	private boolean fit(EventField field, ConditionOperator operator, Place place) {
		boolean fit = operator.takes(field.type());
		if (!fit) {
			String operators = ConditionOperator.of(field.type())
				.stream()
				.map(Enum::name)
				.collect(Collectors.joining(", "));
			this.faults.invalid(place.then("operator"),
					field.label() + " is of type " + field.type() + ", which takes " + operators + ".");
		}
		return fit;
	}

	private @Nullable Check check(EventFieldType type, ConditionOperator operator, @Nullable Object value,
			boolean caseSensitive, Place place) {
		return switch (operator) {
			case EQUALS -> equal(type, value, caseSensitive, place);
			case NOT_EQUALS -> negated(equal(type, value, caseSensitive, place));
			case IN -> in(type, value, caseSensitive, place);
			case NOT_IN -> negated(in(type, value, caseSensitive, place));
			case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
				this.values.one(type, value, place) instanceof BigDecimal limit ? NumberChecks.compared(operator, limit)
						: null;
			case BETWEEN -> between(type, value, place);
			case CONTAINS, STARTS_WITH, ENDS_WITH -> part(operator, value, caseSensitive, place);
			case MATCHES -> matches(value, caseSensitive, place);
			case BEFORE, AFTER -> this.values.one(type, value, place) instanceof TimeSpan span
					? TimeChecks.compared(operator, span) : null;
			case WITHIN_LAST -> within(value, place);
			case EXISTS, IS_EMPTY -> presence(operator == ConditionOperator.EXISTS, value, place);
		};
	}

	private static @Nullable Check negated(@Nullable Check check) {
		return (check != null) ? check.negated() : null;
	}

	private @Nullable Check equal(EventFieldType type, @Nullable Object value, boolean caseSensitive, Place place) {
		Object expected = this.values.one(type, value, place);
		if (expected == null) {
			return null;
		}
		if (expected instanceof TimeSpan span) {
			return TimeChecks.compared(ConditionOperator.EQUALS, span);
		}
		ValueForm form = form(type, caseSensitive);
		return new OneOf(form, Set.of(form.of(expected)));
	}

	private @Nullable Check in(EventFieldType type, @Nullable Object value, boolean caseSensitive, Place place) {
		List<Object> expected = this.values.several(type, value, place);
		if (expected == null) {
			return null;
		}
		ValueForm form = form(type, caseSensitive);
		Set<Object> values = new HashSet<>();
		expected.forEach((each) -> values.add(form.of(each)));
		return new OneOf(form, Set.copyOf(values));
	}

	private static ValueForm form(EventFieldType type, boolean caseSensitive) {
		return switch (type) {
			case STRING -> caseSensitive ? ValueForm.TEXT : ValueForm.FOLDED_TEXT;
			case BOOLEAN -> ValueForm.BOOLEAN;
			default -> ValueForm.NUMBER;
		};
	}

	private @Nullable Check between(EventFieldType type, @Nullable Object value, Place place) {
		if (type == EventFieldType.DATE_TIME) {
			return this.values.between(TimeSpan.class, (first, last) -> !last.endsBefore(first), TimeChecks::between,
					type, value, place);
		}
		return this.values.between(BigDecimal.class, (low, high) -> low.compareTo(high) <= 0, NumberChecks::between,
				type, value, place);
	}

	private @Nullable Check part(ConditionOperator operator, @Nullable Object value, boolean caseSensitive,
			Place place) {
		String part = this.values.text(value, place);
		return (part != null) ? TextChecks.part(operator, part, caseSensitive) : null;
	}

	private @Nullable Check matches(@Nullable Object value, boolean caseSensitive, Place place) {
		SafePattern pattern = this.values.pattern(value, caseSensitive, place);
		return (pattern != null) ? TextChecks.matches(pattern) : null;
	}

	private @Nullable Check within(@Nullable Object value, Place place) {
		Lapse lapse = this.values.lapse(value, place);
		return (lapse != null) ? TimeChecks.within(lapse) : null;
	}

	private @Nullable Check presence(boolean present, @Nullable Object value, Place place) {
		if (value != null) {
			this.faults.invalid(place, "This operator takes no value.");
			return null;
		}
		return (any, evaluation) -> present;
	}

}
