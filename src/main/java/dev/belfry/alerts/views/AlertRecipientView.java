package dev.belfry.alerts.views;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.recipients.Recipient.RecipientKind;
import dev.belfry.alerts.recipients.RecipientList;
import dev.belfry.catalog.types.Persona;
import dev.belfry.viewer.User;

/** A recipient of an alert as the schema shows it. */
public record AlertRecipientView(RecipientKind kind, String label, @Nullable String email, @Nullable Persona persona,
		@Nullable User user, @Nullable RecipientList list) {
}
