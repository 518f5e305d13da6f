package dev.belfry.alerts.rules;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.belfry.alerts.rules.AlertForm.input;
import static dev.belfry.alerts.rules.AlertForm.template;
import static dev.belfry.alerts.rules.AlertForm.test;

/** Conditions, words and recipients that no alert may have, and how each is refused. */
final class HostileAlerts {

	private static final String NO_REQUEST = "BAD_USER_INPUT";

	private static final String NO_DOCUMENT = "GRAPHQL_PARSE_FAILED";

	private static final String NO_INPUT = "GRAPHQL_VALIDATION_FAILED";

	private static final String VALUE = " condition.test.value";

	private HostileAlerts() {
	}

	static Stream<Attempt> all() {
		return Stream.of(conditions(), values(), patterns(), expressions(), words(), recipients())
			.flatMap(Function.identity());
	}

	private static Stream<Attempt> conditions() {
		Map<String, Object> clause = test("order.note", "EQUALS", "a");
		String deepest = "TOO_MANY condition" + ".not".repeat(10);
		return Stream.of(
				condition("10,000 clauses", Map.of("any", Collections.nCopies(10_000, clause)),
						"TOO_MANY condition.any.199")
					.literally(NO_DOCUMENT),
				condition("201 parts", Map.of("all", Collections.nCopies(200, clause)), "TOO_MANY condition.all.199"),
				condition("11 deep", nots(10), deepest), condition("100 deep", nots(100), deepest),
				condition("400 deep", nots(400), deepest).literally(NO_DOCUMENT),
				condition("1,000 deep", nots(1_000), NO_REQUEST).literally(NO_DOCUMENT),
				condition("too much",
						Map.of("any", Collections.nCopies(190, test("order.note", "EQUALS", "a".repeat(400)))),
						"TOO_LONG condition"),
				condition("an empty list", Map.of("any", List.of()), "REQUIRED condition.any"),
				condition("nothing", Map.of(), NO_INPUT),
				condition("two things", Map.of("cel", "true", "not", clause), NO_INPUT),
				condition("a number", 7, NO_INPUT),
				condition("a constructor", Map.of("constructor", Map.of()), NO_INPUT),
				condition("a class for an operator", test("order.note", "java_lang_Runtime", "a"), NO_INPUT),
				condition("a class for a field", test("order.class", "EQUALS", "a"), "INVALID condition.test.field"),
				condition("a long field", test("a".repeat(900_000), "EQUALS", "a"), "INVALID condition.test.field"));
	}

	private static Stream<Attempt> values() {
		Stream<Attempt> numbers = Stream
			.of("1e400000", "-1e400000", "1e-400000", "1e2147483647", "1e100", "9".repeat(999))
			.map((number) -> condition("the number " + number, test("order.total", "EQUALS", new BigDecimal(number)),
					"OUT_OF_RANGE" + VALUE));
		return Stream.concat(numbers, Stream.of(value("a list 200 deep", lists(200, "a"), "INVALID"),
				value("a list 400 deep", lists(400, "a"), "INVALID").literally(NO_DOCUMENT),
				condition("a list 1,000 deep", test("order.note", "EQUALS", lists(1_000, "a")), NO_REQUEST)
					.literally(NO_DOCUMENT),
				value("objects 100 deep", objects(100), "INVALID"),
				value("a long text", "a".repeat(900_000), "TOO_LONG"), value("NUL", "a\u0000", "INVALID"),
				value("half a surrogate pair", "\ud800", "INVALID").literally(NO_DOCUMENT),
				condition("10,000 values", test("order.note", "IN", Collections.nCopies(10_000, "a")),
						"TOO_MANY" + VALUE),
				condition("a day that is none", test("order.placedAt", "BEFORE", "2026-02-30"), "INVALID" + VALUE),
				condition("a year of five digits", test("order.placedAt", "AFTER", "+12026-01-01"), "INVALID" + VALUE),
				condition("weeks without end",
						test("order.placedAt", "WITHIN_LAST", Map.of("amount", 2_000_000_000, "unit", "WEEKS")),
						"OUT_OF_RANGE" + VALUE + ".amount")));
	}

	private static Stream<Attempt> patterns() {
		return Stream
			.of("((a{1000}){1000}){1000}", "a{1000}{1000}", "[\\pL\\pN]{1000}", "(", "(".repeat(499), "[z-a]", "a**",
					"(?=a)", "(a)\\1")
			.map((pattern) -> condition("the pattern " + pattern, test("order.note", "MATCHES", pattern),
					"INVALID" + VALUE));
	}

	private static Stream<Attempt> expressions() {
		return Stream
			.of("T(java.lang.Runtime)", "${7*7}", "{{constructor}}", "order.getClass() == ''",
					"order.constructor == ''", "__proto__ == 1", "order.total == 'a'", "order.note == 1",
					"order == order", "{'a': 1}.a == 1", "dyn(1) == 1", "type(1) == int", "order.note.matches('(')",
					"order.note.matches(order.number)", "order.note.matches('((a{1000}){1000}){1000}')",
					"order.lines[0] == order.lines[0]", "order.note.replace('a', 'b') == ''",
					"google.protobuf.Timestamp{seconds: 1} == order.placedAt",
					"[" + "1, ".repeat(600) + "'a'].exists(x, x == 1)", "[".repeat(1_000), "(".repeat(1_900),
					"1" + "+1".repeat(900) + " > 1", "a" + ".a".repeat(900), "0x8000000000000000 > 1",
					"'\\ud800' == ''", "order.lines.all(x, x.all(y, true))", "true)", "/*", "a\u202e")
			.map((cel) -> condition("the expression " + cel, Map.of("cel", cel), "INVALID condition.cel"));
	}

	private static Stream<Attempt> words() {
		Stream<Attempt> subjects = Stream
			.of("{{constructor}}", "{{order.constructor}}", "{{order.number.length}}", "{{__proto__}}", "{{.}}",
					"{{{order.number}}}", "{{&order.number}}", "{{> ../../etc/passwd}}", "{{>/etc/passwd}}",
					"{{< layout}}", "{{=<% %>=}}", "{{order.number", "{{}}", "{{order.lines.0.sku}}",
					"a\r\nBcc: x@y.example", "a\nb", "a\u2028b", "a\u0000", "{{#order.lines}}", "{{/order.lines}}")
			.map((subject) -> words(subject, "x", "INVALID template.subject"));
		return Stream.concat(subjects,
				Stream.of(words("a".repeat(251), "x", "TOO_LONG template.subject"),
						words(" ", "x", "REQUIRED template.subject"), words("x", " ", "REQUIRED template.body"),
						words("x", "a".repeat(900_000), "TOO_LONG template.body"),
						words("x", "{{".repeat(10_000), "INVALID template.body"),
						words("x", "{{#order.lines}}".repeat(11) + "{{/order.lines}}".repeat(11),
								"INVALID template.body"),
						words("\ud800", "x", "INVALID template.subject").literally(NO_DOCUMENT)));
	}

	private static Stream<Attempt> recipients() {
		List<Map<String, String>> many = IntStream.range(0, 10_000)
			.mapToObj((i) -> Map.of("email", "a" + i + "@shop.example"))
			.toList();
		Stream<Attempt> addresses = Stream
			.of("a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", "\"a\r\nb\" <a@b.example>",
					"<script>@b.example", "a@[127.0.0.1]", "a@" + "b".repeat(64) + ".example", "a@b.example\u0000",
					"a\u202e@b.example", "a@b.exam\u200bple", "\"a b\"@b.example", "a@b@c.example")
			.map((address) -> told(Map.of("email", address), "INVALID recipients.0.email"));
		return Stream.concat(addresses, Stream.of(
				new Attempt("10,000 recipients", Map.of("recipients", many), "TOO_MANY recipients")
					.literally(NO_DOCUMENT),
				told(Map.of("email", "a".repeat(900_000)), "TOO_LONG recipients.0.email"),
				told(Map.of("email", " "), "REQUIRED recipients.0.email"),
				told(Map.of("persona", "\u0000"), "NOT_FOUND recipients.0.persona"),
				told(Map.of("userId", "../1"), "NOT_FOUND recipients.0.userId"),
				told(Map.of("listId", "a".repeat(100_000)), "NOT_FOUND recipients.0.listId"), told(Map.of(), NO_INPUT),
				told(Map.of("email", "a@b.example", "persona", "B2B_USER"), NO_INPUT)));
	}

	private static Attempt condition(String what, Object condition, String error) {
		return new Attempt("the condition is " + what, input("condition", condition), error);
	}

	private static Attempt value(String what, Object value, String error) {
		return condition(what, test("order.note", "EQUALS", value), error + VALUE);
	}

	private static Attempt words(String subject, String body, String error) {
		return new Attempt("the words are " + subject + " and " + body, Map.of("template", template(subject, body)),
				error);
	}

	private static Attempt told(Map<String, String> recipient, String error) {
		return new Attempt("it tells " + recipient, Map.of("recipients", List.of(recipient)), error);
	}

	private static Object nots(int deep) {
		Object condition = Map.of("cel", "true");
		for (int i = 0; i < deep; i++) {
			condition = Map.of("not", condition);
		}
		return condition;
	}

	static Object lists(int deep, Object innermost) {
		Object value = innermost;
		for (int i = 0; i < deep; i++) {
			value = List.of(value);
		}
		return value;
	}

	private static Object objects(int deep) {
		Object value = "a";
		for (int i = 0; i < deep; i++) {
			value = Map.of("a", value);
		}
		return value;
	}

	/**
	 * What an alert cannot be.
	 *
	 * @param fields of an {@code AlertDraftInput}
	 * @param error its code, and its path from the alert on if it is a user error
	 * @param literalError likewise, when it stands in the document
	 */
	record Attempt(String what, Map<String, Object> fields, String error, String literalError) {

		private static final int LONGEST = 60;

		Attempt(String what, Map<String, Object> fields, String error) {
			this(what, fields, error, error);
		}

		private Attempt literally(String error) {
			return new Attempt(this.what, this.fields, this.error, error);
		}

		@Override
		public String toString() {
			return this.what.substring(0, Math.min(this.what.length(), LONGEST)).replaceAll("[^ -~]", "?");
		}

	}

}
