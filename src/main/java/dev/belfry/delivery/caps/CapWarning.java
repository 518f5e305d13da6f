package dev.belfry.delivery.caps;

import java.time.Instant;

/**
 * A warning to an account that most of its daily cap is used.
 *
 * @param cap how many e-mails it may send on one day
 * @param reached whether all of it is used
 * @param since when it was warned
 */
public record CapWarning(int cap, boolean reached, Instant since) {
}
