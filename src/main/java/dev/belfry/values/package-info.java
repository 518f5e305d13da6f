/**
 * Values without a framework: times, ranges of time, JSON, single lines, keys of sorted
 * lists.
 */
@NullMarked
package dev.belfry.values;

import org.jspecify.annotations.NullMarked;
