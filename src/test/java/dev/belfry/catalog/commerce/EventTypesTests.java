package dev.belfry.catalog.commerce;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Persona;

import static org.assertj.core.api.Assertions.assertThat;

/** The catalogue of events says what an editor needs, and says it consistently. */
class EventTypesTests {

	@Test
	void knowsTheEventsOfThePlatformAndThoseThatItMakes() {
		assertThat(EventTypes.all()).filteredOn(EventType::publishable)
			.extracting(EventType::key)
			.containsExactlyInAnyOrder("ORDER_IMPORTED", "ORDER_HELD", "ORDER_ROUTED", "FULFILLMENT_REQUEST_SENT",
					"FULFILLMENT_REQUEST_REJECTED", "SHIPMENT_RECEIVED", "SOURCE_INVOICE_IMPORTED",
					"SOURCE_INVOICE_COST_OF_GOODS_MISMATCH", "INVENTORY_IMPORTED", "PRICE_UPDATED", "QUANTITY_UPDATED",
					"RESELLER_SIGNED_UP");
		assertThat(EventTypes.all()).filteredOn((type) -> !type.publishable())
			.extracting(EventType::key)
			.containsExactly("JOB_COMPLETED", "JOB_OVERDUE");
	}

	@ParameterizedTest
	@MethodSource("types")
	void describesEachFieldOnceInSentences(EventType type) {
		assertThat(type.description()).matches("\\p{Lu}.*\\.");
		assertThat(withInner(type.fields())).allSatisfy((field) -> {
			assertThat(field.description()).matches("\\p{Lu}.*\\.");
			assertThat(field.label()).matches("\\p{Lu}.*[^.]");
			assertThat(field.path()).matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*");
			assertThat(field.fields().isEmpty()).isEqualTo(field.type() != EventFieldType.LIST);
		});
		assertThat(type.fields()).extracting(EventField::path).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("types")
	void showsEveryFieldInTheSample(EventType type) {
		Set<String> shown = new HashSet<>();
		collect("", type.sample(), shown);
		Set<String> described = new HashSet<>();
		type.fields().forEach((field) -> {
			described.add(field.path());
			field.fields().forEach((inner) -> described.add(field.path() + "." + inner.path()));
		});

		assertThat(described).containsAll(shown);
		described.removeIf((path) -> path.startsWith("job.counts."));
		assertThat(shown).containsAll(described);
	}

	@ParameterizedTest
	@MethodSource("types")
	void namesTheCurrencyOfAmounts(EventType type) {
		boolean hasAmounts = withInner(type.fields()).stream()
			.anyMatch((field) -> field.type() == EventFieldType.MONEY);

		assertThat(type.currencyField() != null).isEqualTo(hasAmounts);
	}

	@ParameterizedTest
	@MethodSource("types")
	void offersTheOwnerAndThoseWhoseAddressItCarries(EventType type) {
		assertThat(type.personas()).extracting(EventPersona::persona)
			.startsWith(Persona.ACCOUNT_OWNER)
			.doesNotHaveDuplicates();
		assertThat(type.personas()).extracting(EventPersona::emailField)
			.filteredOn((path) -> path != null)
			.isSubsetOf(type.fields().stream().map(EventField::path).toList());
	}

	@Test
	void countsWhatTheOperationsCount() {
		assertThat(EventTypes.JOB_COMPLETED.fields()).extracting(EventField::path)
			.contains("job.counts.imported", "job.counts.archived", "job.counts.mismatched", "job.counts.held");
	}

	@Test
	void namesATypeThatALaterVersionHasRecorded() {
		EventType later = EventTypes.named("LISTING_RENAMED");

		assertThat(later.title()).isEqualTo("Listing Renamed");
		assertThat(EventTypes.find("LISTING_RENAMED")).isNull();
	}

	static List<EventType> types() {
		return EventTypes.all();
	}

	private static List<EventField> withInner(List<EventField> fields) {
		return fields.stream().flatMap((field) -> Stream.concat(Stream.of(field), field.fields().stream())).toList();
	}

	/** The paths of all values that are no objects. */
	private static void collect(String prefix, Map<?, ?> object, Set<String> paths) {
		object.forEach((name, value) -> {
			String path = prefix + name;
			if (value instanceof Map<?, ?> inner) {
				collect(path + ".", inner, paths);
				return;
			}
			paths.add(path);
			if (value instanceof List<?> items) {
				items.forEach((item) -> collect(path + ".", (Map<?, ?>) item, paths));
			}
		});
	}

}
