package dev.belfry.database.connections;

/**
 * The database has been replaced: what this node has told of it so far may not be so any
 * more. Published once the next epoch has begun.
 */
public record EpochEnded(Epoch epoch) {
}
