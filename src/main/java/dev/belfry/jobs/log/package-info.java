/** An account's log of completions, as it is stored, announced and read forwards. */
@NullMarked
package dev.belfry.jobs.log;

import org.jspecify.annotations.NullMarked;
