package dev.belfry.templates;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventType;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;

/**
 * What reading a template came to.
 *
 * @param template null if there are errors
 */
record TemplateReading(@Nullable Template template, List<UserError> errors) {

	static TemplateReading of(EventType type, String subject, String body, String... path) {
		InputErrors errors = new InputErrors();
		Template template = Template.read(type, subject, body, errors.at(List.of(path)));
		return new TemplateReading(template, errors.list());
	}

}
