package dev.belfry.quotas;

import java.time.Duration;

/**
 * What is left of a quota, for the headers of an answer.
 *
 * @param policy as in the settings, for example {@code user.reads}
 * @param quota how much there is at most
 * @param window in which all of it comes back
 * @param left how much there is now
 * @param reset until all of it is back
 */
public record Balance(String policy, long quota, Duration window, long left, Duration reset) {
}
