package dev.belfry.conditions.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.conditions.values.ConditionLimits;
import dev.belfry.conditions.values.FieldPath;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;

/**
 * Reads a tree of tests. Each method gives null for what is wrong, and has then noted
 * why.
 */
final class ConditionReader {

	private static final Set<String> KINDS = Set.of("all", "any", "not", "test", "anyItem", "allItems", "cel");

	private static final List<String> TEST = List.of("field", "operator", "value", "caseSensitive");

	private static final List<String> ITEMS = List.of("field", "where");

	private int nodes;

	private int expressions;

	/**
	 * Reads a part of a condition.
	 * @param fields the fields that it can look at
	 * @param depth the number of parts that it is within
	 */
	@Nullable Node read(@Nullable Object input, List<EventField> fields, InputErrors errors, int depth) {
		String kind = kind(input, errors);
		if (!(input instanceof Map<?, ?> object) || kind == null || !isWithinLimits(errors, depth)) {
			return null;
		}
		Object part = object.get(kind);
		InputErrors there = errors.at(kind);
		return switch (kind) {
			case "all", "any" -> group(kind.equals("all"), part, fields, there, depth);
			case "not" -> negation(part, fields, there, depth);
			case "test" -> test(part, fields, there);
			case "anyItem", "allItems" -> items(kind.equals("allItems"), part, fields, there, depth);
			default -> expression(part, fields, there);
		};
	}

	/** The one kind that the part is of. */
	private @Nullable String kind(@Nullable Object input, InputErrors errors) {
		if (input instanceof Map<?, ?> part) {
			List<String> named = part.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() != null)
				.map((entry) -> String.valueOf(entry.getKey()))
				.toList();
			if (named.size() == 1 && KINDS.contains(named.get(0))) {
				return named.get(0);
			}
		}
		errors.add(UserErrorCode.INVALID,
				"This must be an object with one of all, any, not, test, anyItem, allItems, cel.");
		return null;
	}

	private boolean isWithinLimits(InputErrors errors, int depth) {
		if (depth >= ConditionLimits.MAX_DEPTH) {
			errors.add(UserErrorCode.TOO_MANY, "A condition nests at most " + ConditionLimits.MAX_DEPTH + " deep.");
			return false;
		}
		if (++this.nodes == ConditionLimits.MAX_NODES + 1) {
			errors.add(UserErrorCode.TOO_MANY, "A condition has at most " + ConditionLimits.MAX_NODES + " parts.");
		}
		return this.nodes <= ConditionLimits.MAX_NODES;
	}

	private @Nullable Group group(boolean every, @Nullable Object parts, List<EventField> fields, InputErrors errors,
			int depth) {
		if (!(parts instanceof List<?> list) || list.isEmpty()) {
			errors.add(UserErrorCode.REQUIRED, "This must be a list of at least one condition.");
			return null;
		}
		List<Node> read = new ArrayList<>();
		for (int i = 0; i < list.size() && this.nodes <= ConditionLimits.MAX_NODES; i++) {
			Node part = read(list.get(i), fields, errors.at(i), depth + 1);
			if (part != null) {
				read.add(part);
			}
		}
		return new Group(every, List.copyOf(read));
	}

	private @Nullable Negation negation(@Nullable Object part, List<EventField> fields, InputErrors errors, int depth) {
		Node read = read(part, fields, errors, depth + 1);
		return (read != null) ? new Negation(read) : null;
	}

	private @Nullable FieldTest test(@Nullable Object part, List<EventField> fields, InputErrors errors) {
		Map<?, ?> test = object(part, TEST, errors);
		return (test != null) ? TestReader.read(test, fields, errors) : null;
	}

	private @Nullable ItemsTest items(boolean every, @Nullable Object part, List<EventField> fields, InputErrors errors,
			int depth) {
		Map<?, ?> items = object(part, ITEMS, errors);
		if (items == null) {
			return null;
		}
		EventField list = TestReader.field(items.get("field"), fields, errors.at("field"));
		if (list == null) {
			return null;
		}
		if (list.type() != EventFieldType.LIST) {
			errors.at("field").add(UserErrorCode.INVALID, list.label() + " is not a list.");
			return null;
		}
		Node where = read(items.get("where"), list.fields(), errors.at("where"), depth + 1);
		return (where != null) ? new ItemsTest(every, FieldPath.of(list.path()), list.label(), where) : null;
	}

	private @Nullable CelExpression expression(@Nullable Object part, List<EventField> fields, InputErrors errors) {
		if (++this.expressions == ConditionLimits.MAX_CEL_PARTS + 1) {
			errors.add(UserErrorCode.TOO_MANY,
					"A condition has at most " + ConditionLimits.MAX_CEL_PARTS + " expressions.");
		}
		return (this.expressions <= ConditionLimits.MAX_CEL_PARTS) ? CelExpression.read(part, fields, errors) : null;
	}

	private @Nullable Map<?, ?> object(@Nullable Object part, List<String> names, InputErrors errors) {
		if (part instanceof Map<?, ?> object && names.containsAll(object.keySet())) {
			return object;
		}
		errors.add(UserErrorCode.INVALID, "This must be an object of " + String.join(", ", names) + ".");
		return null;
	}

}
