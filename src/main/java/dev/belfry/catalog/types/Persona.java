package dev.belfry.catalog.types;

/** A role in which an event names a person; the schema describes each. */
public enum Persona {

	ACCOUNT_OWNER("Account owner"), B2B_USER("B2B user who placed the order"), RESELLER("Reseller"),
	SOURCE_CONTACT("Contact of the source");

	private final String label;

	Persona(String label) {
		this.label = label;
	}

	/** For people. */
	public String label() {
		return this.label;
	}

}
