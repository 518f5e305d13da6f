package dev.belfry.jobs.views;

import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.history.Tallies;
import dev.belfry.jobs.marks.LogReader;

/** What the left-hand filters show for a question. */
record JobFacets(LogReader reader, JobFilter filter, Tallies tallies) {
}
