/** Looks whether the database is there and is the right one. */
@NullMarked
package dev.belfry.database.watch;

import org.jspecify.annotations.NullMarked;
