package dev.belfry.alerts.editing;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.rules.Alert;
import dev.belfry.input.InputErrors;

/**
 * What an input says that an alert is to be.
 *
 * @param alert null if there are errors
 * @param name the name that it is to have, if that is a good one
 * @param newRecipients recipients by where they stand in the input, of whom it is not
 * known yet whether there are such
 * @param watch what it is to watch, if the input says so, of which it is not known yet
 * whether there is such an integration
 * @param errors all that is wrong with it, as far as the input alone tells
 */
public record AlertReading(@Nullable Alert alert, @Nullable String name, Map<InputErrors, Recipient> newRecipients,
		@Nullable OverdueWatch watch, InputErrors errors) {
}
