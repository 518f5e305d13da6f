/** The integrations that run jobs, and their origins. */
@NullMarked
package dev.belfry.jobs.integrations;

import org.jspecify.annotations.NullMarked;
