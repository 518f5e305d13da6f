/**
 * Runs what accounts choose, apart from event loops and timers, and in turn.
 */
@NullMarked
package dev.belfry.work;

import org.jspecify.annotations.NullMarked;
