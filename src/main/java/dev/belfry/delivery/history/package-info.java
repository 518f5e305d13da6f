/** Deliveries as those see them whom they belong to. */
@NullMarked
package dev.belfry.delivery.history;

import org.jspecify.annotations.NullMarked;
