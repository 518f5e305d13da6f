package dev.belfry.templates;

/**
 * An event for which a template cannot be rendered within its limits. The message is for
 * people.
 */
public final class TemplateFailure extends RuntimeException {

	TemplateFailure(String message) {
		super(message, null, false, false);
	}

}
