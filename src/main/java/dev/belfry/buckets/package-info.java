/**
 * Shares the background work of all accounts out among the nodes, in 256 buckets.
 */
@NullMarked
package dev.belfry.buckets;

import org.jspecify.annotations.NullMarked;
