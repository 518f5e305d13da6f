package dev.belfry.jobs.integrations;

/** A connection of a source or channel that runs operations, as it is now. */
public record Integration(long integrationId, String externalId, String name, Origin origin) {
}
