/**
 * The vocabulary of the product: operations and what they count, global notifications.
 */
@NullMarked
package dev.belfry.catalog;

import org.jspecify.annotations.NullMarked;
