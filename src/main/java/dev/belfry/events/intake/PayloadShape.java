package dev.belfry.events.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;

/** How the fields of an event type nest in its payload. */
sealed interface PayloadShape {

	/** The shapes of all types, by their keys. */
	Map<String, Branch> BY_TYPE = EventTypes.all()
		.stream()
		.collect(Collectors.toUnmodifiableMap(EventType::key, (type) -> of(type.fields())));

	private static Branch of(List<EventField> fields) {
		Branch root = new Branch(new LinkedHashMap<>());
		fields.forEach((field) -> root.add(List.of(field.path().split("\\.")), field));
		return root;
	}

	/** An object, which need not be there if none of its fields must be. */
	record Branch(Map<String, PayloadShape> children) implements PayloadShape {

		private void add(List<String> path, EventField field) {
			String name = path.get(0);
			if (path.size() == 1) {
				this.children.put(name,
						(field.type() == EventFieldType.LIST) ? new Rows(field, of(field.fields())) : new Leaf(field));
			}
			else if (this.children.computeIfAbsent(name,
					(key) -> new Branch(new LinkedHashMap<>())) instanceof Branch branch) {
				branch.add(path.subList(1, path.size()), field);
			}
		}

	}

	/** A list of objects. */
	record Rows(EventField field, Branch item) implements PayloadShape {
	}

	/** A single value. */
	record Leaf(EventField field) implements PayloadShape {
	}

}
