package dev.belfry.jobs.log;

import org.jspecify.annotations.Nullable;

/** One line of what a job had to say. */
public record JobMessage(MessageSeverity severity, String text, @Nullable String reference) {
}
