package dev.belfry.alerts.trials;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.editing.NewAlertInput;

/** An alert that is tried: a saved one, or a draft. */
public record TriedAlertInput(@Nullable String id, @Nullable NewAlertInput draft) {
}
