/**
 * The vocabulary of the product: operations and what they count, events and what they
 * tell.
 */
@NullMarked
package dev.belfry.catalog;

import org.jspecify.annotations.NullMarked;
