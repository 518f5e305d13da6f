/**
 * The vocabulary of the product: operations and what they count, events and what they
 * tell, global notifications.
 */
@NullMarked
package dev.belfry.catalog;

import org.jspecify.annotations.NullMarked;
