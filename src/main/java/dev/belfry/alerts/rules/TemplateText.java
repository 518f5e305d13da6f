package dev.belfry.alerts.rules;

import java.util.stream.Collectors;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.EventType;

/** The words of an alert's e-mails, with placeholders for the fields of the event. */
public record TemplateText(String subject, String body) {

	/**
	 * The words for an alert that brings none of its own: what has happened, and all that
	 * the event says, but for its lists.
	 */
	public static TemplateText of(EventType type) {
		String subject = type.fields()
			.stream()
			.filter((field) -> field.required() && field.type() == EventFieldType.STRING)
			.findFirst()
			.map((field) -> type.title() + ": " + placeholder(field))
			.orElse(type.title());
		String facts = type.fields()
			.stream()
			.filter((field) -> field.type() != EventFieldType.LIST)
			.map(TemplateText::fact)
			.collect(Collectors.joining());
		return new TemplateText(subject, type.description() + "\n\n" + facts);
	}

	/** A line of its own, which is left out where the event lacks the field. */
	private static String fact(EventField field) {
		String line = field.label() + ": " + placeholder(field) + "\n";
		boolean always = field.required() || field.type() == EventFieldType.BOOLEAN;
		return always ? line : "{{#%1$s}}\n%2$s{{/%1$s}}\n".formatted(field.path(), line);
	}

	private static String placeholder(EventField field) {
		return "{{" + field.path() + "}}";
	}

}
