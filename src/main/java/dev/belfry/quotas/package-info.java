/**
 * How much users and accounts may ask for and hand in, on all nodes together.
 */
@NullMarked
package dev.belfry.quotas;

import org.jspecify.annotations.NullMarked;
