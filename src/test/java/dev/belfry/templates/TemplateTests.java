package dev.belfry.templates;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.values.JsonValues;

import static dev.belfry.templates.Templates.AMERICAN;
import static dev.belfry.templates.Templates.GERMAN;
import static dev.belfry.templates.Templates.ORDER;
import static dev.belfry.templates.Templates.body;
import static dev.belfry.templates.Templates.render;
import static dev.belfry.templates.Templates.sampleWith;
import static dev.belfry.templates.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a template says of an event. */
class TemplateTests {

	private static final String KEY_INFORMATION = """
			Order {{order.number}} came in from {{order.channel}} on {{order.placedAt}}.

			{{! one line for each product }}
			{{#order.lines}}
			{{quantity}} x {{title}} ({{sku}}) at {{price}}, order {{order.number}}
			{{/order.lines}}

			{{#order.note}}
			Note: {{order.note}}
			{{/order.note}}
			{{^reseller.name}}
			From a shop.
			{{/reseller.name}}
			Total: {{order.total}} ({{order.total.raw}} {{order.currency}}), tax {{order.tax}}
			""";

	@Test
	void tellsTheKeyInformationOfAnOrder() {
		Rendered rendered = template(ORDER, "International order {{order.number}}: {{order.total}}", KEY_INFORMATION)
			.render(ORDER.sample(), AMERICAN);

		assertThat(rendered.subject()).isEqualTo("International order NW-10482: $198.40");
		assertThat(plainSpaces(rendered.body())).isEqualTo("""
				Order NW-10482 came in from Northwind Web Shop on Mar 1, 2026, 8:02 AM CST.

				2 x Cedar Planter, large (CP-10482) at $64.00, order NW-10482
				3 x Enamel Camping Mug (AS-2207) at $18.50, order NW-10482

				Note: Please ring twice.
				Total: $198.40 (198.4 USD), tax $0.00
				""");
	}

	@Test
	void tellsTheSameAsAnotherAccountReadsIt() {
		Rendered rendered = template(ORDER, "Bestellung {{order.number}}: {{order.total}}", KEY_INFORMATION)
			.render(ORDER.sample(), GERMAN);

		assertThat(plainSpaces(rendered.subject())).isEqualTo("Bestellung NW-10482: 198,40 $");
		assertThat(plainSpaces(rendered.body())).isEqualTo("""
				Order NW-10482 came in from Northwind Web Shop on 01.03.2026, 15:02 CET.

				2 x Cedar Planter, large (CP-10482) at 64,00 $, order NW-10482
				3 x Enamel Camping Mug (AS-2207) at 18,50 $, order NW-10482

				Note: Please ring twice.
				Total: 198,40 $ (198.4 USD), tax 0,00 $
				""");
	}

	/** Which of the spaces that do not break a locale has changes with the JDK. */
	private static String plainSpaces(String text) {
		return text.replace('\u00a0', ' ').replace('\u202f', ' ');
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{{order.total.raw}}|198.4", "{{order.placedAt.raw}}|2026-03-01T14:02:11Z",
					"{{order.itemCount.raw}}|5", "{{order.number.raw}}|NW-10482",
					"{{#order.lines}}{{price.raw}};{{/order.lines}}|64;18.5;" })
	void writesRawValuesAsThePayloadHasThem(String template, String written) {
		assertThat(body(template)).isEqualTo(written);
	}

	@Test
	void writesFlagsInWordsOrRaw() {
		assertThat(template(Objects.requireNonNull(EventTypes.find("ORDER_ROUTED")), "s",
				"{{routing.complete}} {{routing.complete.raw}}")
			.render(Map.of("routing", Map.of("complete", true)), AMERICAN)
			.body()).isEqualTo("Yes true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{ \"order\": {} }", "{ \"order\": { \"note\": null, \"lines\": [] } }",
			"{ \"order\": { \"note\": \" \", \"lines\": null } }", "{ \"order\": \"none\" }",
			"{ \"order\": { \"note\": { \"a\": 1 }, \"lines\": { \"sku\": \"A\" } } }",
			"{ \"order\": { \"note\": [ \"a\" ], \"lines\": \"A\" } }" })
	void writesNothingForWhatIsNotThere(String payload) {
		String written = render("s",
				"[{{#order.note}}note {{order.note}}{{/order.note}}][{{#order.lines}}{{sku}}{{/order.lines}}]"
						+ "[{{order.total}}{{order.placedAt.raw}}]{{^order.note}}no note{{/order.note}}, "
						+ "{{^order.lines}}no lines{{/order.lines}}",
				JsonValues.readObject(payload))
			.body();

		assertThat(written).isEqualTo("[][][]no note, no lines");
	}

	@ParameterizedTest
	@CsvSource({ "true,complete", "false,incomplete" })
	void showsASectionByItsFlag(boolean complete, String written) {
		assertThat(template(Objects.requireNonNull(EventTypes.find("ORDER_ROUTED")), "s",
				"{{#routing.complete}}complete{{/routing.complete}}{{^routing.complete}}incomplete{{/routing.complete}}")
			.render(Map.of("routing", Map.of("complete", complete)), AMERICAN)
			.body()).isEqualTo(written);
	}

	@Test
	void takesZeroForSomething() {
		assertThat(body("{{#order.tax}}Tax: {{order.tax}}{{/order.tax}}")).isEqualTo("Tax: $0.00");
	}

	@Test
	void entersAListWithinItself() {
		assertThat(body("{{#order.lines}}{{sku}}:{{#order.lines}} {{sku}}{{/order.lines}}; {{/order.lines}}"))
			.isEqualTo("CP-10482: CP-10482 AS-2207; AS-2207: CP-10482 AS-2207; ");
	}

	@Test
	void takesAnItemThatIsNoObjectForOneWithoutFields() {
		assertThat(body("{{#order.lines}}<{{sku}}>{{/order.lines}}",
				Map.of("lines", List.of("A", Map.of("sku", "B"), BigDecimal.ONE))))
			.isEqualTo("<><B><>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "T(java.lang.Runtime)", "${7*7}", "#{7*7}", "%{7*7}", "<%= 7*7 %>",
			"<script>alert(1)</script>", "{ {order.number} }", "}} {order.number}", "&amp; \" '" })
	void writesOtherLanguagesAsTheyStand(String text) {
		assertThat(body(text)).isEqualTo(text);
		assertThat(render("s", "{{order.note}}", sampleWith("note", text)).body()).isEqualTo(text);
	}

	@Test
	void doesNotReadValuesAsTemplates() {
		assertThat(render("{{order.note}}", "{{order.note}}", sampleWith("note", "{{order.number}} {{{x}}}")))
			.isEqualTo(new Rendered("{{order.number}} {{{x}}}", "{{order.number}} {{{x}}}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nBcc: eve@evil.example", "a\nBcc: eve@evil.example", "a\rBcc: eve@evil.example",
			"a\u0085Bcc: eve@evil.example", "a\u2028Bcc: eve@evil.example", "a\u2029Bcc: eve@evil.example",
			"a\u000bBcc: eve@evil.example", "a\f\u0000\u001b\u202eBcc: eve@evil.example\r\n\r\n" })
	void keepsTheSubjectOnOneLine(String value) {
		assertThat(render("{{order.note}} ", "b", sampleWith("note", value)).subject())
			.isEqualTo("a Bcc: eve@evil.example");
	}

	@Test
	void cutsASubjectThatIsTooLong() {
		assertThat(render("{{order.note}}", "b", sampleWith("note", "😀".repeat(300))).subject())
			.isEqualTo("😀".repeat(Rendered.LONGEST_SUBJECT - 1) + "…");
	}

	@Test
	void callsAnEmailWithoutASubjectByItsEvent() {
		assertThat(render("{{order.note}}", "b", Map.of()).subject()).isEqualTo("Order Imported");
	}

	@Test
	void writesNoMoreThanItMay() {
		int most = Template.MOST_BYTES - 1;

		assertThat(render("s", "{{order.note}}", sampleWith("note", "x".repeat(most))).body()).hasSize(most);
		for (String tooLong : List.of("x".repeat(most + 1), "é".repeat(most / 2 + 1), "x".repeat(1_000_000))) {
			assertThatExceptionOfType(TemplateFailure.class)
				.isThrownBy(() -> render("s", "{{order.note}}", sampleWith("note", tooLong)))
				.withMessage("For this event, the e-mail would have more than 64 KiB.");
		}
	}

	@Test
	void countsTheSubjectToWhatItWrites() {
		assertThatExceptionOfType(TemplateFailure.class)
			.isThrownBy(() -> render("{{order.note}}", "{{order.note}}", sampleWith("note", "x".repeat(40_000))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{#order.lines}}", "{{#order.lines}}{{source}}", "{{#order.lines}}{{^sku}}x{{/sku}}" })
	void givesUpWhatRepeatsWithoutAnEnd(String repeated) {
		String template = repeated.repeat(5) + "{{/order.lines}}".repeat(5);

		assertThatExceptionOfType(TemplateFailure.class)
			.isThrownBy(() -> render("s", template, sampleWith("lines", lines(200))))
			.withMessageContaining("more than 50000 steps");
	}

	@ParameterizedTest
	@CsvSource({ "{{quantity}},25", "{{#order.lines}}{{/order.lines}},2", "{{#order.note}}{{/order.note}},15" })
	void countsAllThatTakesTime(String piece, int tooOften) {
		Map<String, Object> payload = Map.of("order", Map.of("note", " ".repeat(2_000) + "x", "lines", lines(200)));

		assertThat(render("s", "{{#order.lines}}" + piece + "{{/order.lines}}", payload)).isNotNull();
		assertThatExceptionOfType(TemplateFailure.class)
			.isThrownBy(() -> render("s", "{{#order.lines}}" + piece.repeat(tooOften) + "{{/order.lines}}", payload))
			.withMessageContaining("more than 50000 steps");
	}

	@Test
	void rendersTheLongestListInFull() {
		String item = "{{sku}} {{title}} {{quantity}} {{price}} {{source}}\n";

		assertThat(render("s", "{{#order.lines}}" + item + "{{/order.lines}}", sampleWith("lines", lines(200))).body())
			.hasLineCount(200);
	}

	private static List<Map<String, Object>> lines(int count) {
		return Collections.nCopies(count,
				Map.of("sku", "A", "title", "Mug", "quantity", new BigDecimal("3"), "price", new BigDecimal("18.5")));
	}

	@ParameterizedTest
	@CsvSource({ "1e999999999,1E+999999999", "-1e-999999999,-1E-999999999" })
	void doesNotWriteOutANumberWithoutEnd(BigDecimal number, String written) {
		assertThat(render("s", "{{order.total}} {{order.total.raw}}", sampleWith("total", number)).body())
			.isEqualTo(written + " " + written);
	}

}
