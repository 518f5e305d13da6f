package dev.belfry.catalog.types;

/** What a global notification is for. */
public enum Purpose {

	/** To know that something has been done. */
	COMPLETION,
	/** To look into something that may need a person. */
	INVESTIGATION

}
