package dev.belfry.alerts;

import org.jspecify.annotations.Nullable;

/** An alert that is tried: a saved one, or a draft. */
public record TriedAlertInput(@Nullable String id, @Nullable NewAlertInput draft) {
}
