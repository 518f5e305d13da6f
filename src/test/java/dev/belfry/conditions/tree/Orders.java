package dev.belfry.conditions.tree;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;
import dev.belfry.conditions.values.Subject;
import dev.belfry.values.JsonValues;

import static dev.belfry.catalog.types.EventFieldType.BOOLEAN;
import static dev.belfry.catalog.types.EventFieldType.DATE_TIME;
import static dev.belfry.catalog.types.EventFieldType.DECIMAL;
import static dev.belfry.catalog.types.EventFieldType.INTEGER;
import static dev.belfry.catalog.types.EventFieldType.LIST;
import static dev.belfry.catalog.types.EventFieldType.MONEY;
import static dev.belfry.catalog.types.EventFieldType.STRING;

/** A type of event with a field of each type, and conditions on it. */
public final class Orders {

	static final List<EventField> ITEM = List.of(field("sku", STRING), field("quantity", INTEGER),
			field("price", MONEY), field("gift", BOOLEAN), field("dueAt", DATE_TIME));

	public static final EventType TYPE = new EventType("ORDER", "Order", "For tests.", true,
			List.of(field("order.note", STRING), field("order.itemCount", INTEGER), field("order.weight", DECIMAL),
					field("order.total", MONEY), field("order.express", BOOLEAN), field("order.placedAt", DATE_TIME),
					field("order.customer.name", STRING),
					new EventField("order.lines", LIST, "Lines", "", false, List.of(), ITEM)),
			List.of(), Map.of());

	public static final Instant RECORDED_AT = Instant.parse("2026-03-29T10:00:00Z");

	public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

	private Orders() {
	}

	private static EventField field(String path, EventFieldType type) {
		return new EventField(path, type, path.substring(path.lastIndexOf('.') + 1), "", false, List.of(), List.of());
	}

	public static Subject subject(String payload) {
		return new Subject(JsonValues.readObject(payload), RECORDED_AT, ZONE);
	}

	static ConditionReading reading(String input) {
		return ConditionReading.of(TYPE, JsonValues.readObject(input), "input", "condition");
	}

	static Condition condition(String input) {
		ConditionReading reading = reading(input);
		if (reading.condition() == null) {
			throw new AssertionError(reading.errors());
		}
		return reading.condition();
	}

	public static Condition cel(String expression) {
		return condition(object("cel", expression));
	}

	public static ConditionReading readingOfCel(String expression) {
		return reading(object("cel", expression));
	}

	public static Condition test(String field, String operator, String value) {
		return condition(
				"{\"test\":{\"field\":\"" + field + "\",\"operator\":\"" + operator + "\",\"value\":" + value + "}}");
	}

	private static String object(String name, Object value) {
		return new String(JsonValues.write(Map.of(name, value)), StandardCharsets.UTF_8);
	}

}
