package dev.belfry.templates;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;
import dev.belfry.input.Nearest;
import dev.belfry.values.OneLine;

/** Tells whoever wrote a template what is wrong with a tag, and what to write instead. */
final class TagAdvice {

	private static final int LONGEST_NAME = 60;

	private final EventType type;

	TagAdvice(EventType type) {
		this.type = type;
	}

	/** A name of the template as a message can show it. */
	static String shown(String name) {
		return OneLine.cut(OneLine.of(name), LONGEST_NAME);
	}

	static String refused(String content) {
		return switch (content.charAt(0)) {
			case '{', '&' -> "Values are never escaped: write {{name}} with two braces and no \"&\".";
			case '=' -> "Tags are always written between {{ and }}.";
			default -> "A template cannot include another one.";
		};
	}

	static String list(String name) {
		return "\"" + name + "\" is a list: write {{#" + name + "}} … {{/" + name + "}} around the text for each item.";
	}

	/** About a name that no field has. */
	String unknown(String name, Scope scope) {
		if (name.isEmpty()) {
			return "This is not the name of a field.";
		}
		String refusal = "\"" + shown(name) + "\" is not a field of " + this.type.title() + ".";
		String hint = hint(name, scope);
		return (hint != null) ? refusal + " " + hint : refusal;
	}

	private @Nullable String hint(String name, Scope scope) {
		for (EventField list : this.type.fields()) {
			String item = (list.type() == EventFieldType.LIST) ? ofItems(list, name) : null;
			if (item != null) {
				return "Write {{" + item + "}} between {{#" + list.path() + "}} and {{/" + list.path() + "}}.";
			}
		}
		String group = scope.names().stream().filter((path) -> path.startsWith(name + ".")).findFirst().orElse(null);
		if (group != null) {
			return "It is a group of fields: write one of them, for example \"" + group + "\".";
		}
		String meant = Nearest.of(name, scope.names());
		return (meant != null) ? "Did you mean \"" + meant + "\"?" : null;
	}

	private static @Nullable String ofItems(EventField list, String name) {
		return list.fields()
			.stream()
			.map(EventField::path)
			.filter((path) -> name.equals(path) || name.equals(list.path() + "." + path))
			.findFirst()
			.orElse(null);
	}

}
