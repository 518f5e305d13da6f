/** Pages, counts and tallies of what matches a filter. */
@NullMarked
package dev.belfry.jobs.history;

import org.jspecify.annotations.NullMarked;
