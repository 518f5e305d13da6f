package dev.belfry.accounts.upserts;

/** What an upsert did; the schema describes each. */
public enum UpsertStatus {

	CREATED, UPDATED, UNCHANGED, REJECTED

}
