package dev.belfry.alerts.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventField;
import dev.belfry.catalog.EventFieldType;
import dev.belfry.platform.Faults;
import dev.belfry.platform.Place;
import dev.belfry.platform.UserErrorCode;

/**
 * Reads a tree of tests. Each method gives null for what is wrong, and has then noted
 * why.
 */
final class ConditionReader {

	private static final Set<String> KINDS = Set.of("all", "any", "not", "test", "anyItem", "allItems", "cel");

	private static final List<String> TEST = List.of("field", "operator", "value", "caseSensitive");

	private static final List<String> ITEMS = List.of("field", "where");

	private final Faults faults;

	private final TestReader tests;

	private int nodes;

	private int expressions;

	ConditionReader(Faults faults) {
		this.faults = faults;
		this.tests = new TestReader(faults);
	}

	/**
	 * Reads a part of a condition.
	 * @param fields the fields that it can look at
	 * @param depth the number of parts that it is within
	 */
	@Nullable Node read(@Nullable Object input, List<EventField> fields, Place place, int depth) {
		String kind = kind(input, place);
		if (!(input instanceof Map<?, ?> object) || kind == null || !isWithinLimits(place, depth)) {
			return null;
		}
		Object part = object.get(kind);
		Place there = place.then(kind);
		return switch (kind) {
			case "all", "any" -> group(kind.equals("all"), part, fields, there, depth);
			case "not" -> negation(part, fields, there, depth);
			case "test" -> test(part, fields, there);
			case "anyItem", "allItems" -> items(kind.equals("allItems"), part, fields, there, depth);
			default -> expression(part, fields, there);
		};
	}

	/** The one kind that the part is of. */
	private @Nullable String kind(@Nullable Object input, Place place) {
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
		this.faults.invalid(place, "This must be an object with one of all, any, not, test, anyItem, allItems, cel.");
		return null;
	}

	private boolean isWithinLimits(Place place, int depth) {
		if (depth >= ConditionLimits.MAX_DEPTH) {
			this.faults.add(UserErrorCode.TOO_MANY, place,
					"A condition nests at most " + ConditionLimits.MAX_DEPTH + " deep.");
			return false;
		}
		if (++this.nodes == ConditionLimits.MAX_NODES + 1) {
			this.faults.add(UserErrorCode.TOO_MANY, place,
					"A condition has at most " + ConditionLimits.MAX_NODES + " parts.");
		}
		return this.nodes <= ConditionLimits.MAX_NODES;
	}

	private @Nullable Group group(boolean every, @Nullable Object parts, List<EventField> fields, Place place,
			int depth) {
		if (!(parts instanceof List<?> list) || list.isEmpty()) {
			this.faults.add(UserErrorCode.REQUIRED, place, "This must be a list of at least one condition.");
			return null;
		}
		List<Node> read = new ArrayList<>();
		for (int i = 0; i < list.size() && this.nodes <= ConditionLimits.MAX_NODES; i++) {
			Node part = read(list.get(i), fields, place.then(i), depth + 1);
			if (part != null) {
				read.add(part);
			}
		}
		return new Group(every, List.copyOf(read));
	}

	private @Nullable Negation negation(@Nullable Object part, List<EventField> fields, Place place, int depth) {
		Node read = read(part, fields, place, depth + 1);
		return (read != null) ? new Negation(read) : null;
	}

	private @Nullable FieldTest test(@Nullable Object part, List<EventField> fields, Place place) {
		Map<?, ?> test = object(part, TEST, place);
		return (test != null) ? this.tests.read(test, fields, place) : null;
	}

	private @Nullable ItemsTest items(boolean every, @Nullable Object part, List<EventField> fields, Place place,
			int depth) {
		Map<?, ?> items = object(part, ITEMS, place);
		if (items == null) {
			return null;
		}
		EventField list = this.tests.field(items.get("field"), fields, place.then("field"));
		if (list == null) {
			return null;
		}
		if (list.type() != EventFieldType.LIST) {
			this.faults.invalid(place.then("field"), list.label() + " is no list.");
			return null;
		}
		Node where = read(items.get("where"), list.fields(), place.then("where"), depth + 1);
		return (where != null) ? new ItemsTest(every, FieldPath.of(list.path()), list.label(), where) : null;
	}

	private @Nullable CelExpression expression(@Nullable Object part, List<EventField> fields, Place place) {
		if (++this.expressions == ConditionLimits.MAX_CEL_PARTS + 1) {
			this.faults.add(UserErrorCode.TOO_MANY, place,
					"A condition has at most " + ConditionLimits.MAX_CEL_PARTS + " expressions.");
		}
		return (this.expressions <= ConditionLimits.MAX_CEL_PARTS)
				? CelExpression.read(part, fields, place, this.faults) : null;
	}

	private @Nullable Map<?, ?> object(@Nullable Object part, List<String> names, Place place) {
		if (part instanceof Map<?, ?> object && names.containsAll(object.keySet())) {
			return object;
		}
		this.faults.invalid(place, "This must be an object of " + String.join(", ", names) + ".");
		return null;
	}

}
