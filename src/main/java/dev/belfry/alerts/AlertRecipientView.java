package dev.belfry.alerts;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.User;
import dev.belfry.catalog.Persona;

/** A recipient of an alert as the schema shows it. */
record AlertRecipientView(RecipientKind kind, String label, @Nullable String email, @Nullable Persona persona,
		@Nullable User user, @Nullable RecipientList list) {
}
