/** Deliveries as their account sees them. */
@NullMarked
package dev.belfry.delivery.history;

import org.jspecify.annotations.NullMarked;
