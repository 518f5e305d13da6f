/** What becomes of nodes and their clients when the database misbehaves. */
package dev.belfry.faults;
