/**
 * The one gate to the database: statements that name their account, transactions,
 * idempotency.
 */
@NullMarked
package dev.belfry.store;

import org.jspecify.annotations.NullMarked;
