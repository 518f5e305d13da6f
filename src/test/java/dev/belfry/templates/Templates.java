package dev.belfry.templates;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.input.UserError;
import dev.belfry.viewer.AccountStyle;

import static org.assertj.core.api.Assertions.assertThat;

/** Templates for tests, most of them over an order that was imported. */
final class Templates {

	static final EventType ORDER = Objects.requireNonNull(EventTypes.find("ORDER_IMPORTED"));

	static final Formats AMERICAN = new Formats(new AccountStyle("Northwind", ZoneId.of("America/Chicago"), Locale.US));

	static final Formats GERMAN = new Formats(new AccountStyle("Hafen", ZoneId.of("Europe/Berlin"), Locale.GERMANY));

	private Templates() {
	}

	static Template template(EventType type, String subject, String body) {
		TemplateReading reading = TemplateReading.of(type, subject, body, "input", "template");
		assertThat(reading.errors()).isEmpty();
		return Objects.requireNonNull(reading.template());
	}

	static TemplateReading read(String subject, String body) {
		return TemplateReading.of(ORDER, subject, body, "input", "template");
	}

	/** What is said of a body that is refused. */
	static List<String> errors(String body) {
		return read("s", body).errors().stream().map(UserError::message).toList();
	}

	static Rendered render(String subject, String body, Map<String, @Nullable Object> payload) {
		return template(ORDER, subject, body).render(payload, AMERICAN);
	}

	static String body(String body) {
		return render("s", body, ORDER.sample()).body();
	}

	static String body(String body, Map<String, @Nullable Object> order) {
		return render("s", body, Map.of("order", order)).body();
	}

	/** The sample with another value for a field of the order, or without it. */
	static Map<String, @Nullable Object> sampleWith(String name, @Nullable Object value) {
		Map<String, @Nullable Object> order = new LinkedHashMap<>();
		((Map<?, ?>) Objects.requireNonNull(ORDER.sample().get("order")))
			.forEach((field, known) -> order.put((String) field, known));
		order.put(name, value);
		Map<String, @Nullable Object> payload = new LinkedHashMap<>(ORDER.sample());
		payload.put("order", order);
		return payload;
	}

}
