/** One way to change what has versions, and to look up the one of an instant. */
@NullMarked
package dev.belfry.versions;

import org.jspecify.annotations.NullMarked;
