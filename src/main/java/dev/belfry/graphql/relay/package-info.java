/**
 * Nodes and connections as Relay specifies them, and what is read together for a page.
 */
@NullMarked
package dev.belfry.graphql.relay;

import org.jspecify.annotations.NullMarked;
