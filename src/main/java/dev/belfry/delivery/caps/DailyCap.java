package dev.belfry.delivery.caps;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How much of what an account may send on one day is used.
 *
 * @param cap how many e-mails it may send on one day (UTC)
 * @param used how many count today
 * @param waiting how many wait for a later day
 * @param resumesAt when the next of these go out; null if none waits
 */
public record DailyCap(int cap, int used, int waiting, @Nullable Instant resumesAt) {
}
