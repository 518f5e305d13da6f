/**
 * Connections to the database on which nobody waits for ever, and which notice a
 * failover.
 */
@NullMarked
package dev.belfry.database.connections;

import org.jspecify.annotations.NullMarked;
