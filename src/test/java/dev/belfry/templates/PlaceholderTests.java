package dev.belfry.templates;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;

import static dev.belfry.templates.Templates.AMERICAN;
import static org.assertj.core.api.Assertions.assertThat;

/** What editors offer is what templates take. */
class PlaceholderTests {

	@Test
	void showsEachFieldWithAnExample() {
		List<Placeholder> placeholders = Placeholder.of(Templates.ORDER, AMERICAN);

		assertThat(placeholders).contains(
				new Placeholder("order.total", "Order total", EventFieldType.MONEY, "$198.40", List.of()),
				new Placeholder("order.number", "Order number", EventFieldType.STRING, "NW-10482", List.of()));
		assertThat(placeholders).filteredOn((placeholder) -> placeholder.name().equals("order.lines"))
			.singleElement()
			.satisfies((lines) -> assertThat(lines.items())
				.contains(new Placeholder("price", "Price", EventFieldType.MONEY, "$64.00", List.of())));
	}

	@ParameterizedTest
	@MethodSource("types")
	void offersWhatATemplateOfTheTypeSays(EventType type) {
		assertThat(Placeholder.of(type, AMERICAN)).isNotEmpty()
			.allSatisfy((placeholder) -> says(type, "[{{" + placeholder.name() + "}}", "", placeholder));
	}

	static List<EventType> types() {
		return EventTypes.all();
	}

	private static void says(EventType type, String start, String end, Placeholder placeholder) {
		if (placeholder.type() == EventFieldType.LIST) {
			String name = placeholder.name();
			assertThat(placeholder.items()).isNotEmpty()
				.allSatisfy(
						(item) -> says(type, "{{#" + name + "}}[{{" + item.name() + "}}", "{{/" + name + "}}", item));
		}
		else {
			assertThat(Templates.template(type, "s", start + "]" + end).render(type.sample(), AMERICAN).body())
				.startsWith("[" + placeholder.example() + "]");
		}
	}

}
