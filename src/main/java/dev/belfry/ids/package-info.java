/**
 * Ids: counted for each account, opaque and sealed for it, and the entries that they
 * name.
 */
@NullMarked
package dev.belfry.ids;

import org.jspecify.annotations.NullMarked;
