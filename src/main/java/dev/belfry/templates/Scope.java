package dev.belfry.templates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventType;

/** The fields that a template can name at some place in it. */
final class Scope {

	/** Within a section that could not be read: anybody's guess. */
	static final Scope UNKNOWN = new Scope(0, Map.of());

	private final int level;

	private final Map<String, Reference> byName;

	private Scope(int level, Map<String, Reference> byName) {
		this.level = level;
		this.byName = byName;
	}

	static Scope of(EventType type) {
		return new Scope(0, with(Map.of(), type.fields(), 0));
	}

	/** Within the section over a list: its items' fields hide others of the same name. */
	Scope within(EventField list) {
		return new Scope(this.level + 1, with(this.byName, list.fields(), this.level + 1));
	}

	private static Map<String, Reference> with(Map<String, Reference> outer, List<EventField> fields, int level) {
		Map<String, Reference> byName = new LinkedHashMap<>(outer);
		fields.forEach((field) -> byName.put(field.path(), new Reference(field, level)));
		return byName;
	}

	@Nullable Reference find(String name) {
		return this.byName.get(name);
	}

	Set<String> names() {
		return this.byName.keySet();
	}

}
