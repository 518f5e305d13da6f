/** Takes completions in. */
@NullMarked
package dev.belfry.jobs.intake;

import org.jspecify.annotations.NullMarked;
