package dev.belfry.templates;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.input.UserError;
import dev.belfry.testing.RandomJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever template and event there may be: the same limits hold for what comes of them.
 */
class RandomTemplateTests {

	private static final int TRIALS = 10_000;

	private static final List<String> PIECES = List.of("{{order.number}}", "{{order.note}}", "{{order.total}}",
			"{{order.total.raw}}", "{{order.placedAt}}", "{{#order.lines}}{{sku}} {{price}}{{/order.lines}}",
			"{{#order.lines}}{{#order.lines}}{{#order.lines}}{{/order.lines}}{{/order.lines}}{{/order.lines}}",
			"{{^order.note}}none{{/order.note}}", "{{#order.itemCount}}{{order.itemCount}}{{/order.itemCount}}",
			"{{! a comment }}", "text", "é😀", " ", "\t", "{", "}", "$1 \\", "<b>");

	private static final List<String> FAULTS = List.of("{{", "}}", "{{{", "{{#order.lines}}", "{{/order.lines}}",
			"{{^order.note}}", "{{/}}", "{{.}}", "{{> x}}", "{{&order.number}}", "{{=| |=}}", "{{order}}", "\r\n", "\n",
			"\u2028", "\u0000", "\ud800");

	private final Random random = new Random(19);

	private final RandomJson json = new RandomJson(19);

	private int rendered;

	private int failed;

	private int refused;

	@Test
	void neverFailsOtherThanSaidAndStaysWithinItsLimits() {
		for (int trial = 0; trial < TRIALS; trial++) {
			attempt(text(1 + this.random.nextInt(5)), text(1 + this.random.nextInt(20)));
		}

		assertThat(List.of(this.rendered, this.failed, this.refused)).allMatch((count) -> count > TRIALS / 50);
	}

	private void attempt(String subject, String body) {
		EventType type = Templates.ORDER;
		TemplateReading reading = TemplateReading.of(type, subject, body, "template");
		assertThat(reading.template() == null).isEqualTo(!reading.errors().isEmpty());
		reading.errors().forEach(RandomTemplateTests::isTellable);
		if (reading.template() == null) {
			this.refused++;
			return;
		}
		try {
			isWithinLimits(reading.template().render(payload(), Templates.AMERICAN));
			this.rendered++;
		}
		catch (TemplateFailure ex) {
			assertThat(ex).hasMessageStartingWith("For this event, ");
			this.failed++;
		}
	}

	private Map<String, Object> payload() {
		return switch (this.random.nextInt(4)) {
			case 0 ->
				Templates.sampleWith("lines", Collections.nCopies(200, Map.of("sku", "A", "price", BigDecimal.ONE)));
			case 1 -> Templates.sampleWith("note", "x".repeat(this.random.nextInt(80_000)));
			case 2 -> EventTypes.JOB_COMPLETED.sample();
			default -> this.json.spoil(Templates.ORDER.sample());
		};
	}

	private static void isTellable(UserError error) {
		assertThat(error.field()).isIn(List.of("template", "subject"), List.of("template", "body"));
		assertThat(error.message()).hasSizeLessThan(400).doesNotContainPattern("\\R");
	}

	private static void isWithinLimits(Rendered rendered) {
		String subject = rendered.subject();
		assertThat(subject).isNotBlank().doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");
		assertThat(subject.codePointCount(0, subject.length())).isLessThanOrEqualTo(Rendered.LONGEST_SUBJECT);
		assertThat(rendered.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Template.MOST_BYTES);
	}

	private String text(int pieces) {
		StringBuilder text = new StringBuilder("a");
		for (int i = 0; i < pieces; i++) {
			text.append(pick((this.random.nextInt(25) == 0) ? FAULTS : PIECES));
		}
		return text.toString();
	}

	private String pick(List<String> texts) {
		return texts.get(this.random.nextInt(texts.size()));
	}

}
