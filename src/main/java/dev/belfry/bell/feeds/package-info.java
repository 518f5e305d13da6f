/**
 * The feeds of the accounts that someone listens to: what is new, read once for all.
 */
@NullMarked
package dev.belfry.bell.feeds;

import org.jspecify.annotations.NullMarked;
