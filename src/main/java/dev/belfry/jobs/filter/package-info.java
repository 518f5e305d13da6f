/** One filter for history and stream, in memory and as SQL. */
@NullMarked
package dev.belfry.jobs.filter;

import org.jspecify.annotations.NullMarked;
