package dev.belfry.jobs.views;

import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.history.Tallies;
import dev.belfry.jobs.marks.Reader;

/** What the left-hand filters show for a question. */
record JobFacets(Reader reader, JobFilter filter, Tallies tallies) {
}
