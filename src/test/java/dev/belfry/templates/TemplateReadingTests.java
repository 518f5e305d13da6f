package dev.belfry.templates;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;

import static dev.belfry.templates.Templates.errors;
import static dev.belfry.templates.Templates.read;
import static org.assertj.core.api.Assertions.assertThat;

/** A template that is wrong is refused when it is read, with the place of each fault. */
class TemplateReadingTests {

	@ParameterizedTest
	@ValueSource(strings = { "text", "{{order.number}}", "{{ order.number }}", "{{\torder.total.raw\n}}", "{{! {{ }}",
			"{{#order.lines}}{{sku}}{{price.raw}}{{order.number}}{{/order.lines}}",
			"{{# order.lines }}{{^source}}{{title}}{{/ source }}{{/order.lines}}", "{{#order.note}}{{/order.note}}",
			"{{^order.lines}}{{order.number}}{{/order.lines}}", "{ }} }", "a } b { c" })
	void takesTheSubset(String template) {
		assertThat(errors(template)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{{order.totl}}|1, column 1: \"order.totl\" is not a field of Order Imported. Did you mean \"order.total\"?",
			"a\\n\\tb {{x}}|2, column 4: \"x\" is not a field of Order Imported.",
			"a\\r\\n😀{{x}}|2, column 2: \"x\" is not a field of Order Imported.",
			"{{}}|1, column 1: This is not the name of a field.",
			"{{ # }}{{/}}|1, column 1: This is not the name of a field.",
			"{{.}}|1, column 1: \".\" is not a field of Order Imported.",
			"{{#order.lines}}{{.}}{{/order.lines}}|1, column 17: \".\" is not a field of Order Imported.",
			"{{7*7}}|1, column 1: \"7*7\" is not a field of Order Imported.",
			"{{constructor}}|1, column 1: \"constructor\" is not a field of Order Imported.",
			"{{order.class.name}}|1, column 1: \"order.class.name\" is not a field of Order Imported.",
			"{{T(java.lang.Runtime)}}|1, column 1: \"T(java.lang.Runtime)\" is not a field of Order Imported.",
			"{{#entrySet}}{{key}}{{/entrySet}}|1, column 1: \"entrySet\" is not a field of Order Imported.",
			"{{order.shipping}}|1, column 1: \"order.shipping\" is not a field of Order Imported. It is a group of fields: "
					+ "write one of them, for example \"order.shipping.method\".",
			"{{#order}}{{number}}{{/order}}|1, column 1: \"order\" is not a field of Order Imported. It is a group of "
					+ "fields: write one of them, for example \"order.number\".",
			"{{sku}}|1, column 1: \"sku\" is not a field of Order Imported. Write {{sku}} between {{#order.lines}} and "
					+ "{{/order.lines}}.",
			"{{order.lines.sku}}|1, column 1: \"order.lines.sku\" is not a field of Order Imported. Write {{sku}} between "
					+ "{{#order.lines}} and {{/order.lines}}.",
			"{{^order.lines}}{{sku}}{{/order.lines}}|1, column 17: \"sku\" is not a field of Order Imported. Write {{sku}} "
					+ "between {{#order.lines}} and {{/order.lines}}.",
			"{{order.lines}}|1, column 1: \"order.lines\" is a list: write {{#order.lines}} … {{/order.lines}} around "
					+ "the text for each item.",
			"{{order.lines.raw}}|1, column 1: \"order.lines\" is a list: write {{#order.lines}} … {{/order.lines}} "
					+ "around the text for each item.",
			"{{#order.total.raw}}{{/order.total.raw}}|1, column 1: \"order.total.raw\" is not a field of Order Imported. "
					+ "Did you mean \"order.total\"?",
			"a {{{order.number}}}|1, column 3: Values are never escaped: write {{name}} with two braces and no \"&\".",
			"{{&order.number}}|1, column 1: Values are never escaped: write {{name}} with two braces and no \"&\".",
			"{{=<% %>=}}|1, column 1: Tags are always written between {{ and }}.",
			"{{> ../../etc/passwd}}|1, column 1: A template cannot include another one.",
			"{{>*order.note}}|1, column 1: A template cannot include another one.",
			"{{<parent}}|1, column 1: A template cannot include another one.",
			"{{$block}}|1, column 1: A template cannot include another one.",
			"{{order.number|1, column 1: This {{ is never closed by }}.",
			"{{order.number}} {{|1, column 18: This {{ is never closed by }}.",
			"{{order.number}\\n{{order.total}}|1, column 1: This {{ is never closed by }}.",
			"{{! a comment|1, column 1: This {{ is never closed by }}.",
			"a\\n{{#order.lines}}|2, column 1: {{#order.lines}} is never closed: {{/order.lines}} is missing.",
			"{{^order.note}}|1, column 1: {{^order.note}} is never closed: {{/order.note}} is missing.",
			"{{/order.lines}}|1, column 1: {{/order.lines}} closes no section that is open." })
	void tellsWhatIsWrongAndWhere(String template, String message) {
		assertThat(errors(template.translateEscapes())).containsExactly("Line " + message);
	}

	@Test
	void tellsOfSectionsThatCross() {
		assertThat(errors("{{#order.lines}}\n{{#order.note}}\n{{/order.lines}}\n{{/order.note}}")).containsExactly(
				"Line 2, column 1: {{#order.note}} is not closed before {{/order.lines}}.",
				"Line 4, column 1: {{/order.note}} closes no section that is open.");
	}

	@Test
	void doesNotGuessWithinASectionThatItCannotRead() {
		assertThat(errors("{{#order.line}}{{sku}}{{#x}}{{y}}{{/x}}{{/order.line}}")).containsExactly(
				"Line 1, column 1: \"order.line\" is not a field of Order Imported. Did you mean \"order.lines\"?");
	}

	@Test
	void tellsAllThatIsWrongAtOnceWithTheirPaths() {
		List<UserError> errors = read("{{a}}\n", "{{b}} {{order.number}} {{/c}}").errors();

		assertThat(errors).extracting(UserError::code).containsOnly(UserErrorCode.INVALID);
		assertThat(errors).extracting((error) -> error.field() + " " + error.message())
			.containsExactly("[input, template, subject] Line 1, column 6: A subject is a single line.",
					"[input, template, subject] Line 1, column 1: \"a\" is not a field of Order Imported.",
					"[input, template, body] Line 1, column 1: \"b\" is not a field of Order Imported.",
					"[input, template, body] Line 1, column 24: {{/c}} closes no section that is open.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\r\nBcc: eve@evil.example", "\n", "\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029" })
	void refusesALineBreakInTheSubject(String lineBreak) {
		assertThat(read("a" + lineBreak + "b", "b").errors()).containsExactly(new UserError(UserErrorCode.INVALID,
				"Line 1, column 2: A subject is a single line.", List.of("input", "template", "subject")));
	}

	@Test
	void refusesTextsThatAreEmptyOrTooLong() {
		assertThat(read(" ", "").errors()).extracting(UserError::code)
			.containsExactly(UserErrorCode.REQUIRED, UserErrorCode.REQUIRED);
		assertThat(read("s".repeat(251), "😀".repeat(20_001)).errors()).containsExactly(
				new UserError(UserErrorCode.TOO_LONG, "This may have at most 250 characters.",
						List.of("input", "template", "subject")),
				new UserError(UserErrorCode.TOO_LONG, "This may have at most 20000 characters.",
						List.of("input", "template", "body")));
		assertThat(read("s".repeat(250), "😀".repeat(20_000)).errors()).isEmpty();
		assertThat(read("a\u0000", "a\ud800").errors()).extracting(UserError::code)
			.containsExactly(UserErrorCode.INVALID, UserErrorCode.INVALID);
	}

	@Test
	void nestsNoDeeperThanItMay() {
		assertThat(errors(nested(10))).isEmpty();
		assertThat(errors(nested(11))).containsExactly("Line 1, column 161: At most 10 sections may be nested.");
		assertThat(errors(nested(600))).containsExactly("Line 1, column 161: At most 10 sections may be nested.");
	}

	private static String nested(int depth) {
		return "{{#order.lines}}".repeat(depth) + "{{/order.lines}}".repeat(depth);
	}

	@Test
	void tellsTheFirstInputErrorsAndCountsTheOthers() {
		List<String> errors = errors("{{" + "x".repeat(500) + "}}" + "{{x}}".repeat(2_000));

		assertThat(errors).hasSize(InputErrors.MOST + 1)
			.startsWith("Line 1, column 1: \"" + "x".repeat(59) + "…\" is not a field of Order Imported.")
			.endsWith("This text has 1981 more errors. Correct these first.");
	}

}
