package dev.belfry.viewer;

/** An account as the database numbers it; never shown to anyone. */
public record AccountId(long value) {
}
