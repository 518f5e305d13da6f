package dev.belfry.conditions.values;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.belfry.catalog.types.EventField;
import dev.belfry.conditions.tree.Orders;
import dev.belfry.values.Rfc3339;

/**
 * Random events, and conditions that are near enough to them to be true about as often as
 * false.
 */
public final class RandomConditions {

	private static final List<String> WORDS = List.of("Straße", "STRASSE", "strasse", "ΟΔΟΣ", "οδος", "οδοσ", "Élodie",
			"e\u0301lodie", "ÉLODIE", "İstanbul", "istanbul", "ISTANBUL", "ırmak", "IRMAK", "Red", "RED", "redder",
			"a.b", "A+B", "100", "10");

	private static final List<String> PATTERNS = List.of("^[a-e]", "d", "^.{3,6}$", "\\d+", "(a|o|d)+", "[rt]e?d?$",
			"^(red|100)$", "t.*l", "\\.", "(a+)+$", "[aeo]", "^.{2,9}$");

	private static final List<String> NUMBERS = List.of("0", "0.1", "0.10", "0.2", "0.3", "0.30000000000000004", "1",
			"1.0", "1E+1", "10", "-5", "99.99", "100", "100.00");

	private static final List<ZoneId> ZONES = Stream
		.of("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "America/Sao_Paulo")
		.map(ZoneId::of)
		.toList();

	private static final Map<String, List<String>> OPERATORS = Map.of("STRING",
			List.of("EQUALS", "NOT_EQUALS", "IN", "NOT_IN", "CONTAINS", "STARTS_WITH", "ENDS_WITH", "MATCHES",
					"IS_EMPTY", "EXISTS"),
			"NUMBER",
			List.of("EQUALS", "NOT_EQUALS", "GREATER", "GREATER_OR_EQUAL", "LESS", "LESS_OR_EQUAL", "BETWEEN", "IN",
					"NOT_IN", "IS_EMPTY", "EXISTS"),
			"BOOLEAN", List.of("EQUALS", "NOT_EQUALS", "IS_EMPTY", "EXISTS"), "DATE_TIME",
			List.of("EQUALS", "NOT_EQUALS", "BEFORE", "AFTER", "BETWEEN", "WITHIN_LAST", "IS_EMPTY", "EXISTS"), "LIST",
			List.of("IS_EMPTY", "EXISTS"));

	private final Random random;

	public RandomConditions(long seed) {
		this.random = new Random(seed);
	}

	public Subject subject() {
		Instant recordedAt = Instant.parse("2026-03-29T00:30:00Z")
			.plus(this.random.nextInt(500) - 250, ChronoUnit.HOURS);
		Map<String, Object> order = new HashMap<>();
		put(order, "note", this::text);
		put(order, "itemCount", this::integer);
		put(order, "weight", this::number);
		put(order, "total", this::number);
		put(order, "express", this.random::nextBoolean);
		put(order, "placedAt", () -> time(recordedAt));
		put(order, "customer", () -> Map.of("name", text()));
		put(order, "lines",
				() -> IntStream.range(0, chance(10) ? 0 : chance(75) ? 1 : 3)
					.mapToObj((i) -> line(recordedAt))
					.toList());
		Map<String, Object> payload = chance(98) ? Map.of("order", order) : Map.of();
		return new Subject(payload, recordedAt, pick(ZONES));
	}

	private Map<String, Object> line(Instant recordedAt) {
		Map<String, Object> line = new HashMap<>();
		put(line, "sku", this::text);
		put(line, "quantity", this::integer);
		put(line, "price", this::number);
		put(line, "gift", this.random::nextBoolean);
		put(line, "dueAt", () -> time(recordedAt));
		return line;
	}

	/** Often enough, a field is missing, null or blank. */
	private void put(Map<String, Object> object, String name, Supplier<Object> value) {
		if (chance(72)) {
			object.put(name, value.get());
		}
		else if (chance(50)) {
			object.put(name, chance(50) ? null : pick(List.of("", " ")));
		}
	}

	/** The input of a condition that can look at the event. */
	public Map<String, Object> condition(Subject subject) {
		return node(Orders.TYPE.fields(), subject.payload(), subject, 3);
	}

	private Map<String, Object> node(List<EventField> fields, Map<?, ?> scope, Subject subject, int depth) {
		int kind = (depth > 0) ? this.random.nextInt(10) : 9;
		Supplier<Map<String, Object>> part = () -> node(fields, scope, subject, depth - 1);
		return switch (kind) {
			case 0 -> Map.of("all", Stream.generate(part).limit(1 + this.random.nextInt(2)).toList());
			case 1 -> Map.of("any", Stream.generate(part).limit(1 + this.random.nextInt(2)).toList());
			case 2 -> Map.of("not", part.get());
			case 3, 4 -> items((kind == 3) ? "anyItem" : "allItems", fields, scope, subject, depth);
			default -> Map.of("test", test(pick(fields), scope, subject));
		};
	}

	private Map<String, Object> items(String kind, List<EventField> fields, Map<?, ?> scope, Subject subject,
			int depth) {
		EventField list = fields.get(fields.size() - 1);
		if (list.fields().isEmpty()) {
			return Map.of("test", test(pick(fields), scope, subject));
		}
		Map<?, ?> item = (at(scope, list.path()) instanceof List<?> items && !items.isEmpty())
				? (Map<?, ?>) items.get(0) : Map.of();
		return Map.of(kind, Map.of("field", list.path(), "where", node(list.fields(), item, subject, depth - 1)));
	}

	private static Object at(Map<?, ?> scope, String path) {
		Object value = scope;
		for (String name : path.split("\\.")) {
			value = (value instanceof Map<?, ?> map) ? map.get(name) : null;
		}
		return value;
	}

	private Map<String, Object> test(EventField field, Map<?, ?> scope, Subject subject) {
		Object seen = at(scope, field.path());
		Map<String, Object> test = new HashMap<>(Map.of("field", field.path()));
		switch (field.type()) {
			case STRING -> textTest(test, (seen instanceof String text && !text.isBlank()) ? text : pick(WORDS));
			case BOOLEAN -> valueTest(test, "BOOLEAN", this.random::nextBoolean);
			case LIST -> valueTest(test, "LIST", () -> null);
			case DATE_TIME -> timeTest(test, (seen instanceof String text && !text.isBlank()) ? text : null, subject);
			default -> numberTest(test, (seen instanceof BigDecimal number) ? number : new BigDecimal(pick(NUMBERS)));
		}
		return test;
	}

	private void valueTest(Map<String, Object> test, String type, Supplier<Object> value) {
		String operator = pick(OPERATORS.get(type));
		test.put("operator", operator);
		switch (operator) {
			case "EXISTS", "IS_EMPTY" -> test.remove("value");
			case "IN", "NOT_IN" -> test.put("value", Stream.generate(value).limit(1 + this.random.nextInt(2)).toList());
			default -> test.put("value", value.get());
		}
	}

	private void textTest(Map<String, Object> test, String seen) {
		valueTest(test, "STRING", () -> chance(60) ? respelled(seen) : pick(WORDS));
		String operator = (String) test.get("operator");
		if (operator.equals("MATCHES")) {
			test.put("value", pick(PATTERNS));
		}
		else if (List.of("CONTAINS", "STARTS_WITH", "ENDS_WITH").contains(operator)) {
			test.put("value", part(operator, (String) test.get("value")));
		}
		if (chance(20) && !operator.equals("EXISTS") && !operator.equals("IS_EMPTY")) {
			test.put("caseSensitive", chance(80));
		}
	}

	private String respelled(String text) {
		String spelled = pick(List.of(text, text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT)));
		boolean known = WORDS.contains(spelled) || spelled.codePoints().allMatch((letter) -> letter < 128);
		return known ? spelled : text;
	}

	private String part(String operator, String text) {
		int from = operator.equals("STARTS_WITH") ? 0 : this.random.nextInt(text.length());
		int to = operator.equals("ENDS_WITH") ? text.length() : from + 1 + this.random.nextInt(text.length() - from);
		return text.substring(from, to);
	}

	private void numberTest(Map<String, Object> test, BigDecimal seen) {
		Supplier<Object> near = () -> chance(36) ? seen.setScale(seen.scale() + this.random.nextInt(3))
				: chance(55) ? seen.add(new BigDecimal(pick(List.of("0.01", "-0.01")))) : new BigDecimal(pick(NUMBERS));
		valueTest(test, "NUMBER", near);
		if ("BETWEEN".equals(test.get("operator"))) {
			test.put("value", Stream.of(near.get(), near.get()).map(BigDecimal.class::cast).sorted().toList());
		}
	}

	private void timeTest(Map<String, Object> test, String seen, Subject subject) {
		Supplier<Object> near = () -> {
			String text = (seen != null && chance(28)) ? seen : time(subject.recordedAt());
			Instant time = Instant.parse(text);
			return chance(60) ? time.atZone(subject.zone()).toLocalDate().toString() : text;
		};
		valueTest(test, "DATE_TIME", near);
		if ("WITHIN_LAST".equals(test.get("operator"))) {
			test.put("value", pick(List.of(lookBack(2, "WEEKS"), lookBack(3, "DAYS"), lookBack(1, "DAYS"),
					lookBack(70, "HOURS"), lookBack(3000, "MINUTES"))));
		}
		else if ("BETWEEN".equals(test.get("operator"))) {
			test.put("value", inOrder((String) near.get(), (String) near.get()));
		}
	}

	private static List<String> inOrder(String one, String other) {
		boolean comparable = one.length() > 10 == other.length() > 10;
		boolean swapped = comparable
				&& ((one.length() > 10) ? Instant.parse(one).isAfter(Instant.parse(other)) : one.compareTo(other) > 0);
		return swapped ? List.of(other, one) : List.of(one, other);
	}

	private static Map<String, Object> lookBack(int amount, String unit) {
		return Map.of("amount", BigDecimal.valueOf(amount), "unit", unit);
	}

	private String text() {
		return pick(WORDS);
	}

	private BigDecimal number() {
		return new BigDecimal(pick(NUMBERS));
	}

	private BigDecimal integer() {
		return BigDecimal.valueOf(this.random.nextInt(12));
	}

	/** Mostly before the event was recorded, often to the hour the same time of day. */
	private String time(Instant recordedAt) {
		Instant hours = recordedAt.minus(this.random.nextInt(150) - 15, ChronoUnit.HOURS);
		Instant days = recordedAt.minus(this.random.nextInt(5), ChronoUnit.DAYS);
		Instant time = chance(60) ? hours.plus(this.random.nextInt(3) - 1, ChronoUnit.MICROS) : days;
		return Rfc3339.format(time);
	}

	boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	/** Events one after the other. */
	public List<Subject> subjects(int count) {
		List<Subject> subjects = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			subjects.add(subject());
		}
		return subjects;
	}

}
