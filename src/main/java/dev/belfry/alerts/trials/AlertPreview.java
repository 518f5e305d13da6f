package dev.belfry.alerts.trials;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.views.AlertRecipientView;
import dev.belfry.delivery.composing.Mail;
import dev.belfry.input.UserError;

/**
 * What an alert would do with an event.
 *
 * @param matches null if the evaluation failed
 * @param failure why the condition or the template failed
 * @param explanation of the condition, each part before those within it
 * @param recipients each address once
 * @param mail also if it does not match; null if it cannot be written
 */
record AlertPreview(@Nullable Boolean matches, @Nullable String failure, List<ExplainedPart> explanation,
		List<ToldAddress> recipients, List<UntoldRecipient> unresolved, @Nullable Mail mail,
		List<UserError> userErrors) {

	static AlertPreview refused(List<UserError> errors) {
		return new AlertPreview(null, null, List.of(), List.of(), List.of(), null, errors);
	}

	/**
	 * An address, and those recipients that led to it.
	 *
	 * @param suppressed whether it gets no e-mails of the alert
	 */
	record ToldAddress(String address, boolean suppressed, List<AlertRecipientView> recipients) {
	}

	/** A recipient without an address, and why. */
	record UntoldRecipient(AlertRecipientView recipient, String reason) {
	}

}
