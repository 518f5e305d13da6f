/**
 * Runs what accounts choose, apart from event loops and timers, and in turn; and lets in
 * who waits.
 */
@NullMarked
package dev.belfry.work;

import org.jspecify.annotations.NullMarked;
