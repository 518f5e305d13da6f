package dev.belfry.accounts;

/** An account as the database numbers it; never shown to anyone. */
public record AccountId(long value) {
}
