package dev.belfry.catalog.types;

/**
 * A count that an operation reports: its name for programs, its label for people, and its
 * words in a summary after the number.
 */
public record CountKind(String name, String label, String words) {
}
