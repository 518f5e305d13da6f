package dev.belfry.accounts;

/** What an upsert did; the schema describes each. */
public enum UpsertStatus {

	CREATED, UPDATED, UNCHANGED, REJECTED

}
