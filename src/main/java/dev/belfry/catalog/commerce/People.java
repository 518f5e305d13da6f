package dev.belfry.catalog.commerce;

import java.util.List;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.catalog.types.Persona;

import static dev.belfry.catalog.types.EventField.text;

/** The people whom events name, and those among them who can be recipients. */
final class People {

	/** Who bought, where a business bought from the account. */
	static final List<EventField> BUYERS = List.of(
			text("b2bUser.name", "B2B user", "Who placed the order, if that was a buyer of a reseller."),
			text("b2bUser.email", "B2B user's e-mail", "The buyer's e-mail address."),
			text("reseller.name", "Reseller", "The business that the buyer works for."),
			text("reseller.email", "Reseller's e-mail", "The reseller's e-mail address."));

	static final List<EventField> SOURCE_CONTACT = List.of(
			text("sourceContact.name", "Contact of the source", "Who answers for the source."),
			text("sourceContact.email", "Contact's e-mail", "The contact's e-mail address."));

	static final EventPersona OWNER = new EventPersona(Persona.ACCOUNT_OWNER, null);

	static final EventPersona B2B_USER = new EventPersona(Persona.B2B_USER, "b2bUser.email");

	static final EventPersona RESELLER = new EventPersona(Persona.RESELLER, "reseller.email");

	static final EventPersona CONTACT = new EventPersona(Persona.SOURCE_CONTACT, "sourceContact.email");

	private People() {
	}

}
