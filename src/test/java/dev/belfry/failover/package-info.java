/** What nodes do when the database is replaced under them. */
package dev.belfry.failover;
