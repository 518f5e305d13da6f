package dev.belfry.conditions.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Says by the written rules alone what a condition says, straight from its input, and
 * counts how often each operator is true. It shares no code with the real one.
 */
public final class NaiveEvaluator {

	/** Folded spellings of all letters beyond ASCII that the random texts have. */
	private static final Map<Integer, String> FOLDED = Map.of((int) 'ß', "ss", (int) 'ẞ', "ss", (int) 'Σ', "σ",
			(int) 'ς', "σ", (int) 'Ο', "ο", (int) 'Δ', "δ", (int) 'É', "é", (int) 'İ', "i\u0307");

	private final Subject subject;

	private final Map<String, long[]> counts;

	public NaiveEvaluator(Subject subject, Map<String, long[]> counts) {
		this.subject = subject;
		this.counts = counts;
	}

	public static Map<String, long[]> counts() {
		return new TreeMap<>();
	}

	public boolean matches(Object input) {
		return holds((Map<?, ?>) input, this.subject.payload());
	}

	private boolean holds(Map<?, ?> node, Object scope) {
		String kind = (String) node.keySet().iterator().next();
		boolean holds = switch (kind) {
			case "all" -> ((List<?>) node.get(kind)).stream()
				.map((part) -> holds((Map<?, ?>) part, scope))
				.reduce(true, Boolean::logicalAnd);
			case "any" -> ((List<?>) node.get(kind)).stream()
				.map((part) -> holds((Map<?, ?>) part, scope))
				.reduce(false, Boolean::logicalOr);
			case "not" -> !holds((Map<?, ?>) node.get(kind), scope);
			case "anyItem", "allItems" -> items(kind, (Map<?, ?>) node.get(kind), scope);
			default -> test((Map<?, ?>) node.get(kind), scope);
		};
		return kind.equals("test") ? holds : count(kind, holds);
	}

	private boolean count(String kind, boolean holds) {
		this.counts.computeIfAbsent(kind, (any) -> new long[2])[holds ? 1 : 0]++;
		return holds;
	}

	private boolean items(String kind, Map<?, ?> test, Object scope) {
		Object list = find(scope, (String) test.get("field"));
		if (list == null) {
			return false;
		}
		long matched = ((List<?>) list).stream().filter((item) -> holds((Map<?, ?>) test.get("where"), item)).count();
		return kind.equals("anyItem") ? matched > 0 : matched == ((List<?>) list).size();
	}

	private static Object find(Object scope, String path) {
		int dot = path.indexOf('.');
		String first = (dot < 0) ? path : path.substring(0, dot);
		Object value = (scope instanceof Map<?, ?> map) ? map.get(first) : null;
		if (dot >= 0) {
			return (value != null) ? find(value, path.substring(dot + 1)) : null;
		}
		boolean nothing = "".equals(value) || " ".equals(value) || List.of().equals(value);
		return nothing ? null : value;
	}

	private boolean test(Map<?, ?> test, Object scope) {
		String operator = (String) test.get("operator");
		Object value = find(scope, (String) test.get("field"));
		return count(operator, test(operator, value, test.get("value"), test.get("caseSensitive") == Boolean.TRUE));
	}

	private boolean test(String operator, Object seen, Object value, boolean exact) {
		if (operator.equals("NOT_EQUALS")) {
			return !test("EQUALS", seen, value, exact);
		}
		if (operator.equals("NOT_IN")) {
			return !test("IN", seen, value, exact);
		}
		if (operator.equals("IS_EMPTY") || seen == null) {
			return operator.equals("IS_EMPTY") && seen == null;
		}
		if (operator.equals("EXISTS")) {
			return true;
		}
		if (operator.equals("IN")) {
			return ((List<?>) value).stream().anyMatch((each) -> test("EQUALS", seen, each, exact));
		}
		if (seen instanceof BigDecimal number) {
			return number(operator, number, value);
		}
		if (seen instanceof Boolean bool) {
			return bool == value;
		}
		return ((String) seen).matches("\\d{4}-\\d\\d-\\d\\dT.*Z") ? time(operator, (String) seen, value)
				: text(operator, (String) seen, (String) value, exact);
	}

	private static boolean number(String operator, BigDecimal seen, Object value) {
		if (operator.equals("BETWEEN")) {
			return number("GREATER_OR_EQUAL", seen, ((List<?>) value).get(0))
					&& number("LESS_OR_EQUAL", seen, ((List<?>) value).get(1));
		}
		int sign = micro(seen).subtract(micro((BigDecimal) value)).signum();
		return switch (operator) {
			case "EQUALS" -> sign == 0;
			case "GREATER" -> sign == 1;
			case "GREATER_OR_EQUAL" -> sign != -1;
			case "LESS" -> sign == -1;
			default -> sign != 1;
		};
	}

	private static BigInteger micro(BigDecimal number) {
		return number.setScale(20, RoundingMode.UNNECESSARY).unscaledValue();
	}

	private static boolean text(String operator, String seen, String value, boolean exact) {
		String text = Normalizer.normalize(seen, Normalizer.Form.NFC);
		if (operator.equals("MATCHES")) {
			return Pattern.compile(value, exact ? 0 : Pattern.CASE_INSENSITIVE).matcher(text).find();
		}
		String whole = exact ? text : fold(text);
		String part = Normalizer.normalize(value, Normalizer.Form.NFC);
		String sought = exact ? part : fold(part);
		int at = whole.indexOf(sought);
		return switch (operator) {
			case "EQUALS" -> at == 0 && whole.length() == sought.length();
			case "CONTAINS" -> at >= 0;
			case "STARTS_WITH" -> at == 0;
			default -> at >= 0 && whole.lastIndexOf(sought) + sought.length() == whole.length();
		};
	}

	private static String fold(String text) {
		StringBuilder folded = new StringBuilder();
		for (int letter : text.codePoints().toArray()) {
			String other = FOLDED.get(letter);
			folded.append((other != null) ? other : (letter >= 'A' && letter <= 'Z')
					? String.valueOf((char) (letter + 32)) : new String(Character.toChars(letter)));
		}
		return folded.toString();
	}

	private boolean time(String operator, String seen, Object value) {
		ZonedDateTime time = OffsetDateTime.parse(seen).atZoneSameInstant(this.subject.zone());
		if (value instanceof Map<?, ?> lookBack) {
			return within(time, ((BigDecimal) lookBack.get("amount")).longValue(), (String) lookBack.get("unit"));
		}
		if (value instanceof List<?> range) {
			return order(time, (String) range.get(0)) >= 0 && order(time, (String) range.get(1)) <= 0;
		}
		int order = order(time, (String) value);
		return switch (operator) {
			case "EQUALS" -> order == 0;
			case "BEFORE" -> order < 0;
			default -> order > 0;
		};
	}

	/** Where a time lies as seen from another, or from a day. */
	private static int order(ZonedDateTime time, String value) {
		return value.contains("T")
				? time.toOffsetDateTime().toInstant().compareTo(OffsetDateTime.parse(value).toInstant())
				: time.toLocalDate().compareTo(LocalDate.parse(value));
	}

	private boolean within(ZonedDateTime time, long amount, String unit) {
		ZonedDateTime now = this.subject.recordedAt().atZone(this.subject.zone());
		long micros = ChronoUnit.MICROS.between(time, now);
		if (micros < 0) {
			return false;
		}
		if (unit.equals("MINUTES") || unit.equals("HOURS")) {
			return micros <= amount * (unit.equals("HOURS") ? 3_600_000_000L : 60_000_000L);
		}
		LocalDate day = now.toLocalDate().minusDays(amount * (unit.equals("WEEKS") ? 7 : 1));
		ZonedDateTime start = ZonedDateTime.ofLocal(day.atTime(now.toLocalTime()), now.getZone(), now.getOffset());
		return !time.toInstant().isBefore(start.toInstant());
	}

}
