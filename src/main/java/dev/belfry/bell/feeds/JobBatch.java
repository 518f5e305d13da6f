package dev.belfry.bell.feeds;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.jobs.log.JobNotification;

/**
 * A range of the log for a reader: everything that matches in (start, end].
 *
 * @param missedFrom where the reader was when retention had removed what lay before the
 * start; null if nothing is missing
 * @param more whether the log goes on after it already
 */
public record JobBatch(List<JobNotification> entries, long start, long end, @Nullable Long missedFrom, boolean more) {
}
