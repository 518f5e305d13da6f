/** What a user has seen and read. */
@NullMarked
package dev.belfry.jobs.marks;

import org.jspecify.annotations.NullMarked;
