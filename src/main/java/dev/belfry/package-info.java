/** Belfry, a notification service for commerce platforms. */
@NullMarked
package dev.belfry;

import org.jspecify.annotations.NullMarked;
