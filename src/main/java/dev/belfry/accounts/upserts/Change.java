package dev.belfry.accounts.upserts;

/** Something known by an external id that an upsert registers or changes. */
interface Change {

	String externalId();

}
