package dev.belfry.notifier.global;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.values.JsonValues;

/** An event in words: its fields by their paths, under their labels. */
final class EventText {

	private static final int MOST_ROWS = 25;

	private final PlatformEvent event;

	private final EventType type;

	private final Formats formats;

	EventText(PlatformEvent event, Formats formats) {
		this.event = event;
		this.type = EventTypes.named(event.type());
		this.formats = formats;
	}

	/** Fields that the event has. */
	List<Fact> facts(List<String> paths) {
		return paths.stream()
			.map((path) -> new Fact(label(path), value(path)))
			.filter((fact) -> !fact.value().isBlank())
			.toList();
	}

	/** A list of the event, under the labels of its fields; null if it has none. */
	@Nullable Table table(String path) {
		List<?> items = (at(path) instanceof List<?> list) ? list : List.of();
		EventField field = field(path);
		if (items.isEmpty() || field == null) {
			return null;
		}
		List<EventField> columns = field.fields();
		List<List<String>> rows = items.stream().limit(MOST_ROWS).map((item) -> row(columns, item)).toList();
		return new Table(field.label(), columns.stream().map(EventField::label).toList(), rows,
				items.size() - rows.size());
	}

	private List<String> row(List<EventField> columns, @Nullable Object item) {
		return columns.stream()
			.map((column) -> (item instanceof Map<?, ?> fields)
					? this.formats.value(column.type(), fields.get(column.path()), currency()) : "")
			.toList();
	}

	/** The value of a field as people read it; empty if the event has none. */
	String value(String path) {
		EventField field = field(path);
		return this.formats.value((field != null) ? field.type() : EventFieldType.STRING, at(path), currency());
	}

	/** The value of a field, or null. */
	@Nullable Object at(String path) {
		return JsonValues.at(this.event.payload(), path);
	}

	String time() {
		return this.formats.time(this.event.occurredAt());
	}

	String label(String path) {
		EventField field = field(path);
		return (field != null) ? field.label() : path;
	}

	private @Nullable EventField field(String path) {
		return this.type.fields().stream().filter((field) -> field.path().equals(path)).findFirst().orElse(null);
	}

	private @Nullable String currency() {
		String path = this.type.currencyField();
		return (path != null && at(path) instanceof String code) ? code : null;
	}

}
