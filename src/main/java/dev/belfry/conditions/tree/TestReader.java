package dev.belfry.conditions.tree;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.conditions.operators.Check;
import dev.belfry.conditions.operators.ConditionOperator;
import dev.belfry.conditions.operators.LookBack;
import dev.belfry.conditions.operators.NumberChecks;
import dev.belfry.conditions.operators.OneOf;
import dev.belfry.conditions.operators.SafePattern;
import dev.belfry.conditions.operators.TextChecks;
import dev.belfry.conditions.operators.TimeChecks;
import dev.belfry.conditions.operators.TimeSpan;
import dev.belfry.conditions.values.FieldPath;
import dev.belfry.conditions.values.ValueForm;
import dev.belfry.input.InputErrors;
import dev.belfry.input.Nearest;
import dev.belfry.input.UserErrorCode;

/**
 * Reads a test of one field. Each method gives null for what is wrong, and has then noted
 * why.
 */
final class TestReader {

	private TestReader() {
	}

	static @Nullable FieldTest read(Map<?, ?> test, List<EventField> fields, InputErrors errors) {
		EventField field = field(test.get("field"), fields, errors.at("field"));
		ConditionOperator operator = operator(test.get("operator"), errors.at("operator"));
		Boolean caseSensitive = caseSensitive(test.get("caseSensitive"), errors.at("caseSensitive"));
		if (field == null || operator == null || caseSensitive == null || !fit(field, operator, errors)) {
			return null;
		}
		if (caseSensitive && !operator.hasCase(field.type())) {
			errors.at("caseSensitive")
				.add(UserErrorCode.INVALID, "caseSensitive is only for operators that compare texts.");
			return null;
		}
		Object value = test.get("value");
		Check check = check(field.type(), operator, value, caseSensitive, errors.at("value"));
		return (check != null) ? new FieldTest(FieldPath.of(field.path()), operator, check,
				TestWording.of(field.label(), operator, value)) : null;
	}

	static @Nullable EventField field(@Nullable Object path, List<EventField> fields, InputErrors errors) {
		EventField known = fields.stream().filter((field) -> field.path().equals(path)).findFirst().orElse(null);
		if (known == null && path instanceof String wrong) {
			String meant = Nearest.of(wrong, fields.stream().map(EventField::path).toList());
			errors.add(UserErrorCode.INVALID,
					"There is no such field here." + ((meant != null) ? " Did you mean \"" + meant + "\"?" : ""));
		}
		else if (known == null) {
			errors.add(UserErrorCode.REQUIRED, "This must be the path of a field.");
		}
		return known;
	}

	private static @Nullable ConditionOperator operator(@Nullable Object name, InputErrors errors) {
		return Arrays.stream(ConditionOperator.values())
			.filter((operator) -> operator.name().equals(name))
			.findFirst()
			.orElseGet(() -> {
				errors.add((name != null) ? UserErrorCode.INVALID : UserErrorCode.REQUIRED,
						"This must be an operator.");
				return null;
			});
	}

	private static @Nullable Boolean caseSensitive(@Nullable Object value, InputErrors errors) {
		if (value == null || value instanceof Boolean) {
			return Boolean.TRUE.equals(value);
		}
		errors.add(UserErrorCode.INVALID, "This must be true or false.");
		return null;
	}

	private static boolean fit(EventField field, ConditionOperator operator, InputErrors errors) {
		boolean fit = operator.takes(field.type());
		if (!fit) {
			String operators = ConditionOperator.of(field.type())
				.stream()
				.map(Enum::name)
				.collect(Collectors.joining(", "));
			errors.at("operator")
				.add(UserErrorCode.INVALID,
						field.label() + " is of type " + field.type() + ", which takes " + operators + ".");
		}
		return fit;
	}

	private static @Nullable Check check(EventFieldType type, ConditionOperator operator, @Nullable Object value,
			boolean caseSensitive, InputErrors errors) {
		return switch (operator) {
			case EQUALS -> equal(type, value, caseSensitive, errors);
			case NOT_EQUALS -> negated(equal(type, value, caseSensitive, errors));
			case IN -> in(type, value, caseSensitive, errors);
			case NOT_IN -> negated(in(type, value, caseSensitive, errors));
			case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
				ValueReader.one(type, value, errors) instanceof BigDecimal limit
						? NumberChecks.compared(operator, limit) : null;
			case BETWEEN -> between(type, value, errors);
			case CONTAINS, STARTS_WITH, ENDS_WITH -> part(operator, value, caseSensitive, errors);
			case MATCHES -> matches(value, caseSensitive, errors);
			case BEFORE, AFTER -> ValueReader.one(type, value, errors) instanceof TimeSpan span
					? TimeChecks.compared(operator, span) : null;
			case WITHIN_LAST -> within(value, errors);
			case EXISTS, IS_EMPTY -> presence(operator == ConditionOperator.EXISTS, value, errors);
		};
	}

	private static @Nullable Check negated(@Nullable Check check) {
		return (check != null) ? check.negated() : null;
	}

	private static @Nullable Check equal(EventFieldType type, @Nullable Object value, boolean caseSensitive,
			InputErrors errors) {
		Object expected = ValueReader.one(type, value, errors);
		if (expected == null) {
			return null;
		}
		if (expected instanceof TimeSpan span) {
			return TimeChecks.compared(ConditionOperator.EQUALS, span);
		}
		ValueForm form = form(type, caseSensitive);
		return new OneOf(form, Set.of(form.of(expected)));
	}

	private static @Nullable Check in(EventFieldType type, @Nullable Object value, boolean caseSensitive,
			InputErrors errors) {
		List<Object> expected = ValueReader.several(type, value, errors);
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

	private static @Nullable Check between(EventFieldType type, @Nullable Object value, InputErrors errors) {
		if (type == EventFieldType.DATE_TIME) {
			return ValueReader.between(TimeSpan.class, (first, last) -> !last.endsBefore(first), TimeChecks::between,
					type, value, errors);
		}
		return ValueReader.between(BigDecimal.class, (low, high) -> low.compareTo(high) <= 0, NumberChecks::between,
				type, value, errors);
	}

	private static @Nullable Check part(ConditionOperator operator, @Nullable Object value, boolean caseSensitive,
			InputErrors errors) {
		String part = ValueReader.text(value, errors);
		return (part != null) ? TextChecks.part(operator, part, caseSensitive) : null;
	}

	private static @Nullable Check matches(@Nullable Object value, boolean caseSensitive, InputErrors errors) {
		SafePattern pattern = ValueReader.pattern(value, caseSensitive, errors);
		return (pattern != null) ? TextChecks.matches(pattern) : null;
	}

	private static @Nullable Check within(@Nullable Object value, InputErrors errors) {
		LookBack lookBack = ValueReader.lookBack(value, errors);
		return (lookBack != null) ? TimeChecks.within(lookBack) : null;
	}

	private static @Nullable Check presence(boolean present, @Nullable Object value, InputErrors errors) {
		if (value != null) {
			errors.add(UserErrorCode.INVALID, "This operator takes no value.");
			return null;
		}
		return (any, evaluation) -> present;
	}

}
