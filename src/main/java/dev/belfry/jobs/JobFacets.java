package dev.belfry.jobs;

/** What the left-hand filters show for a question. */
record JobFacets(Reader reader, JobFilter filter, Tallies tallies) {
}
