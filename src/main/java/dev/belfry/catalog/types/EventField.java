package dev.belfry.catalog.types;

import java.util.ArrayList;
import java.util.List;

/**
 * A field of an event's payload.
 *
 * @param path its path, for example {@code order.total}; within a list, from the item on
 * @param label its name for people
 * @param values the values it is known to have, if they are few; others are taken too
 * @param fields for a list: what each of its items has
 */
public record EventField(String path, EventFieldType type, String label, String description, boolean required,
		List<String> values, List<EventField> fields) {

	public static EventField text(String path, String label, String description) {
		return new EventField(path, EventFieldType.STRING, label, description, false, List.of(), List.of());
	}

	public static EventField of(EventFieldType type, String path, String label, String description) {
		return new EventField(path, type, label, description, false, List.of(), List.of());
	}

	public static EventField list(String path, String label, String description, EventField... fields) {
		return new EventField(path, EventFieldType.LIST, label, description, false, List.of(), List.of(fields));
	}

	/** The same, which no payload may leave out. */
	public EventField needed() {
		return new EventField(this.path, this.type, this.label, this.description, true, this.values, this.fields);
	}

	/** The same, usually with one of these values. */
	public EventField oneOf(String... values) {
		return new EventField(this.path, this.type, this.label, this.description, this.required, List.of(values),
				this.fields);
	}

	/** All fields of some groups, in their order. */
	@SafeVarargs
	public static List<EventField> all(List<EventField>... groups) {
		List<EventField> all = new ArrayList<>();
		for (List<EventField> group : groups) {
			all.addAll(group);
		}
		return List.copyOf(all);
	}

}
