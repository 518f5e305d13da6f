/** Removes what has been kept long enough, in short steps. */
@NullMarked
package dev.belfry.log.retention;

import org.jspecify.annotations.NullMarked;
