package dev.belfry.events.intake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;
import dev.belfry.values.JsonValues;

import static org.assertj.core.api.Assertions.assertThat;

/** A payload is what its type asks for, or it is told what it is not. */
class PayloadReaderTests {

	private static final String ORDER = "ORDER_IMPORTED";

	private final InputErrors errors = new InputErrors();

	@ParameterizedTest
	@MethodSource("types")
	void takesTheSampleOfEachType(EventType type) {
		Map<String, Object> read = read(type.key(), type.sample());

		assertThat(this.errors.list()).isEmpty();
		assertThat(JsonValues.write(read)).isEqualTo(JsonValues.write(type.sample()));
	}

	static List<EventType> types() {
		return EventTypes.all();
	}

	@Test
	void tellsThePathOfEachValueThatIsMissing() {
		assertThat(errors(ORDER, order("{ 'order': { 'number': null, 'lines': [ { 'title': 'Mug' } ] } }")))
			.containsExactlyInAnyOrder("REQUIRED events.3.payload.order.number",
					"REQUIRED events.3.payload.order.channel", "REQUIRED events.3.payload.order.shipping.country",
					"REQUIRED events.3.payload.order.currency", "REQUIRED events.3.payload.order.total",
					"REQUIRED events.3.payload.order.lines.0.sku", "REQUIRED events.3.payload.order.lines.0.quantity",
					"REQUIRED events.3.payload.order.lines.0.price");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "order.number|7|INVALID", "order.number|['NW-1']|INVALID", "order.number|''|REQUIRED",
					"order.number|' \\t '|REQUIRED", "order.number|'a\\u0000b'|INVALID",
					"order.number|'a\\ud800'|INVALID", "order.number|'\\udc00b'|INVALID", "order.total|'12.50'|INVALID",
					"order.total|true|INVALID", "order.total|{}|INVALID", "order.total|1e101|OUT_OF_RANGE",
					"order.total|1e-101|OUT_OF_RANGE", "order.total|1e999999999|OUT_OF_RANGE",
					"order.total|-1e-999999999|OUT_OF_RANGE", "order.itemCount|1.5|INVALID",
					"order.itemCount|9007199254740992|OUT_OF_RANGE", "order.itemCount|'7'|INVALID",
					"order.placedAt|'2026-03-01'|INVALID", "order.placedAt|'yesterday'|INVALID",
					"order.placedAt|1772357400|INVALID", "order.placedAt|'2026-02-30T09:00:00Z'|INVALID",
					"order.shipping|'US'|INVALID", "order.lines|'SKU-1'|INVALID", "order.lines|{}|INVALID",
					"order.lines|[]|REQUIRED", "order|[]|INVALID", "order|7|INVALID" })
	void refusesAValueOfAnotherKind(String field, String value, String code) {
		Map<String, Object> payload = with(field,
				JsonValues.readObject(json("{ 'value': " + value + " }")).get("value"));

		assertThat(errors(ORDER, payload)).contains(code + " events.3.payload." + field);
	}

	@Test
	void refusesAFlagThatIsNoBoolean() {
		assertThat(errors("RESELLER_SIGNED_UP",
				JsonValues.readObject(json(
						"{ 'reseller': { 'name': 'Sam', 'email': 'sam@shop.example', 'needsApproval': 'yes' } }"))))
			.containsExactly("INVALID events.3.payload.reseller.needsApproval");
	}

	@Test
	void refusesAPayloadThatIsNoObject() {
		for (Object payload : List.of("text", BigDecimal.ONE, true, List.of(Map.of()))) {
			assertThat(errors(ORDER, payload)).as("%s", payload).contains("INVALID events.3.payload");
		}
	}

	@Test
	void refusesAnUnknownFieldAndGuessesWhichIsMeant() {
		Map<String, Object> payload = with("order.totel", BigDecimal.TEN);
		read(ORDER, payload);

		assertThat(this.errors.list()).singleElement().satisfies((error) -> {
			assertThat(error.field()).endsWith("payload", "order", "totel");
			assertThat(error.message()).contains("Did you mean \"total\"?");
		});
	}

	@Test
	void tellsOfAnUnknownFieldWithoutANameThatCannotBeTold() {
		for (String name : List.of("", "a\u0000", "\ud800", "x".repeat(101))) {
			InputErrors errors = new InputErrors();
			PayloadReader.read(PayloadShape.BY_TYPE.get(ORDER), with("order." + name, BigDecimal.TEN),
					errors.at("payload"));

			assertThat(errors.list()).singleElement()
				.satisfies((error) -> assertThat(error.field()).containsExactly("payload", "order"));
		}
	}

	@Test
	void doesNotLookIntoWhatItDoesNotKnow() {
		Object deep = "bottom";
		for (int i = 0; i < 10_000; i++) {
			deep = (i % 2 == 0) ? List.of(deep) : Map.of("a", deep);
		}

		assertThat(errors(ORDER, with("order.deep", deep))).containsExactly("INVALID events.3.payload.order.deep");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2_000 })
	void takesTextsUpToTheirLimit(int length) {
		assertThat(errors(ORDER, with("order.note", "\ud83d\ude00".repeat(length)))).isEmpty();
	}

	@Test
	void refusesTextsThatAreTooLong() {
		assertThat(errors(ORDER, with("order.note", "x".repeat(2_001))))
			.containsExactly("TOO_LONG events.3.payload.order.note");
	}

	@Test
	void refusesListsThatAreTooLong() {
		Map<String, Object> line = Map.of("sku", "S", "title", "T", "quantity", BigDecimal.ONE, "price",
				BigDecimal.ONE);

		assertThat(errors(ORDER, with("order.lines", Collections.nCopies(200, line)))).isEmpty();
		assertThat(errors(ORDER, with("order.lines", Collections.nCopies(201, line))))
			.containsExactly("TOO_MANY events.3.payload.order.lines");
	}

	@Test
	void tellsTheFirstTwentyErrorsAndHowManyMoreThereAre() {
		List<Object> lines = new ArrayList<>(IntStream.range(0, 25).mapToObj((i) -> (Object) Map.of()).toList());
		read(ORDER, with("order.lines", lines));

		List<UserError> errors = this.errors.list();
		assertThat(errors).hasSize(21);
		assertThat(errors.get(20).message()).contains("80 more errors");
		assertThat(errors.get(20).field()).containsExactly("events", "3");
	}

	@ParameterizedTest
	@CsvSource({ "12.50,12.5", "1E+2,100", "0.00,0", "-7e-3,-0.007", "9007199254740993.10,9007199254740993.1",
			"1e99,1" + "000000000000000000000000000000000" + "000000000000000000000000000000000"
					+ "000000000000000000000000000000000" })
	void keepsANumberExactlyAndInOneForm(String given, String kept) {
		Map<String, Object> read = read(ORDER, with("order.total", new BigDecimal(given)));

		assertThat(this.errors.list()).isEmpty();
		assertThat(new String(JsonValues.write(read))).contains("\"total\":" + kept + "}");
	}

	@Test
	void keepsNoNullsAndNoBlankTextsAndInstantsInUtc() {
		Map<String, Object> payload = with("order.note", "  ");
		payload.put("reseller", null);
		put(payload, "order.placedAt", "2026-03-01T09:30:00.5+02:00");
		put(payload, "order.customer", Collections.singletonMap("name", null));

		Map<String, Object> read = read(ORDER, payload);

		assertThat(this.errors.list()).isEmpty();
		assertThat(new String(JsonValues.write(read))).doesNotContain("null", "note", "reseller", "customer")
			.contains("\"2026-03-01T07:30:00.5Z\"");
	}

	private Map<String, Object> read(String type, Object payload) {
		return read(type, payload, this.errors);
	}

	private List<String> errors(String type, Object payload) {
		InputErrors errors = new InputErrors();
		read(type, payload, errors);
		return errors.list().stream().map((error) -> error.code() + " " + String.join(".", error.field())).toList();
	}

	private static Map<String, Object> read(String type, Object payload, InputErrors errors) {
		return errors.at("events")
			.at(3)
			.capped("event",
					(event) -> PayloadReader.read(PayloadShape.BY_TYPE.get(type), payload, event.at("payload")));
	}

	private static Map<String, Object> order(String json) {
		return JsonValues.readObject(json(json));
	}

	private static String json(String text) {
		return text.replace('\'', '"');
	}

	/** The smallest order with a value at a path. */
	private static Map<String, Object> with(String path, Object value) {
		Map<String, Object> payload = mutable(
				order("""
						{ 'order': { 'number': 'NW-1', 'channel': 'Web', 'shipping': { 'country': 'US' }, 'currency': 'USD', 'total': 1,
						  'lines': [ { 'sku': 'S', 'title': 'T', 'quantity': 1, 'price': 1 } ] } }"""));
		put(payload, path, value);
		return payload;
	}

	@SuppressWarnings("unchecked")
	private static void put(Map<String, Object> payload, String path, Object value) {
		int dot = path.indexOf('.');
		if (dot < 0) {
			payload.put(path, value);
		}
		else {
			put((Map<String, Object>) payload.get(path.substring(0, dot)), path.substring(dot + 1), value);
		}
	}

	private static Map<String, Object> mutable(Map<String, Object> object) {
		Map<String, Object> copy = new LinkedHashMap<>();
		object.forEach(
				(name, value) -> copy.put(name, (value instanceof Map<?, ?> inner) ? mutable(typed(inner)) : value));
		return copy;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> typed(Map<?, ?> object) {
		return (Map<String, Object>) object;
	}

}
