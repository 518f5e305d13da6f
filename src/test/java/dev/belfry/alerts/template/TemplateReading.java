package dev.belfry.alerts.template;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventType;
import dev.belfry.platform.InputErrors;
import dev.belfry.platform.UserError;

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
