/**
 * The account's log as a mechanism: the way in, positions, cursors, retention, and the
 * hints that nodes give each other.
 */
@NullMarked
package dev.belfry.log;

import org.jspecify.annotations.NullMarked;
