/** Opaque ids, sealed for their account, and the entries that they name. */
@NullMarked
package dev.belfry.ids;

import org.jspecify.annotations.NullMarked;
