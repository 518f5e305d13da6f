/** Runs what a node does again and again, and knows of each loop whether it gets on. */
@NullMarked
package dev.belfry.loops;

import org.jspecify.annotations.NullMarked;
