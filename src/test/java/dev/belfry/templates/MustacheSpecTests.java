package dev.belfry.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.values.JsonValues;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cases of the Mustache specification: what is of the subset is rendered as it says,
 * all else is refused. The fields of each case are those that its data have.
 */
class MustacheSpecTests {

	/** Unescaped values, and items by themselves. */
	private static final Pattern OUTSIDE = Pattern.compile("\\{\\{[{&]|\\{\\{[#^/]?\\.}}");

	/** Names of no field, sections over objects, and items where there are none. */
	private static final Set<String> REFUSED = Set.of("interpolation: Basic Context Miss Interpolation",
			"interpolation: Dotted Names - Basic Interpolation", "interpolation: Dotted Names - Broken Chains",
			"interpolation: Dotted Names - Broken Chain Resolution", "interpolation: Dotted Names - Initial Resolution",
			"interpolation: Dotted Names - Context Precedence", "sections: Context", "sections: Parent contexts",
			"sections: Context Misses", "sections: Dotted Names - Broken Chains", "inverted: Context", "inverted: List",
			"inverted: Context Misses", "inverted: Dotted Names - Broken Chains");

	/** A text is not escaped. */
	private static final Set<String> UNLIKE = Set.of("interpolation: HTML Escaping");

	@ParameterizedTest(name = "{0}")
	@MethodSource("subset")
	void rendersTheSubset(Case example) {
		TemplateReading reading = example.read();

		assertThat(reading.errors()).isEmpty();
		assertThat(Objects.requireNonNull(reading.template()).render(example.payload(), Formats.PLAIN).body())
			.isEqualTo(example.expected());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rest")
	void refusesTheRest(Case example) {
		assertThat(example.read().errors()).isNotEmpty();
	}

	static Stream<Case> subset() {
		return cases().filter((example) -> !example.isRefused() && !UNLIKE.contains(example.name()));
	}

	static Stream<Case> rest() {
		return cases().filter(Case::isRefused);
	}

	private static Stream<Case> cases() {
		return Stream.of("interpolation", "sections", "inverted", "comments").flatMap(MustacheSpecTests::cases);
	}

	private static Stream<Case> cases(String file) {
		try (InputStream json = MustacheSpecTests.class.getResourceAsStream("/mustache-spec/" + file + ".json")) {
			List<?> tests = (List<?>) Objects
				.requireNonNull(JsonValues.readObject(Objects.requireNonNull(json).readAllBytes()).get("tests"));
			return tests.stream().map((test) -> Case.of(file, (Map<?, ?>) test));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Case(String name, Map<String, @Nullable Object> payload, String template, String expected) {

		static Case of(String file, Map<?, ?> test) {
			return new Case(file + ": " + test.get("name"), object(test.get("data")), (String) test.get("template"),
					(String) test.get("expected"));
		}

		private static Map<String, @Nullable Object> object(@Nullable Object data) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			if (data instanceof Map<?, ?> fields) {
				fields.forEach((name, value) -> object.put((String) name, value));
			}
			return object;
		}

		boolean isRefused() {
			return OUTSIDE.matcher(this.template).find() || REFUSED.contains(this.name);
		}

		TemplateReading read() {
			EventType type = new EventType("CASE", "Case", "", true, fields("", this.payload), List.of(), Map.of());
			return TemplateReading.of(type, "s", this.template);
		}

		private static List<EventField> fields(String prefix, Map<?, ?> object) {
			List<EventField> fields = new ArrayList<>();
			object.forEach((name, value) -> {
				if (value instanceof Map<?, ?> inner) {
					fields.addAll(fields(prefix + name + ".", inner));
				}
				else {
					fields.add(field(prefix + name, value));
				}
			});
			return fields;
		}

		private static EventField field(String path, @Nullable Object value) {
			if (value instanceof List<?> items) {
				Map<Object, @Nullable Object> item = new LinkedHashMap<>();
				items.forEach((one) -> item.putAll((one instanceof Map<?, ?> object) ? object : Map.of()));
				return new EventField(path, EventFieldType.LIST, path, "", false, List.of(), fields("", item));
			}
			EventFieldType type = (value instanceof Boolean) ? EventFieldType.BOOLEAN
					: (value instanceof Number) ? EventFieldType.DECIMAL : EventFieldType.STRING;
			return new EventField(path, type, path, "", false, List.of(), List.of());
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
