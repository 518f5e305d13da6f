package dev.belfry.delivery.caps;

import java.time.Instant;

/**
 * Most of what an account may send today is used, and it has been told so.
 *
 * @param cap how many e-mails it may send on one day
 * @param reached whether all of it is used
 * @param since when it was told
 */
public record CapWarning(int cap, boolean reached, Instant since) {
}
