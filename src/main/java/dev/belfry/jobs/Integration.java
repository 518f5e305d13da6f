package dev.belfry.jobs;

/** A connection of a source or channel that runs operations, as it is now. */
record Integration(long integrationId, String externalId, String name, Origin origin) {
}
