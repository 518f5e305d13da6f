package dev.belfry.catalog.types;

import java.util.List;

/** A kind of job, with what it counts in the order in which people read it. */
public record Operation(String key, String name, String noun, List<CountKind> counts) {
}
