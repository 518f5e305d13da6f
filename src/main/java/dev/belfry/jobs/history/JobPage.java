package dev.belfry.jobs.history;

import java.util.List;

import dev.belfry.jobs.log.JobNotification;

/**
 * What a page shows of the log.
 *
 * @param range of the log that the question is about
 * @param found from the end where the page begins to count, with one entry more if there
 * is one
 */
public record JobPage(LogRange range, List<JobNotification> found) {
}
