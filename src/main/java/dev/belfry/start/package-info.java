/**
 * Decides on which database Belfry runs and checks its settings, or says why it does not
 * start.
 */
@NullMarked
package dev.belfry.start;

import org.jspecify.annotations.NullMarked;
