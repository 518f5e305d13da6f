package dev.belfry.catalog.types;

import org.jspecify.annotations.Nullable;

/**
 * A persona that an event type offers.
 *
 * @param emailField the field of the payload that has the address; null for one whom
 * Belfry knows itself
 */
public record EventPersona(Persona persona, @Nullable String emailField) {

	/** For people. */
	public String label() {
		return this.persona.label();
	}

}
