/**
 * How many connections there may be, how long each may take, and how much they may hold.
 */
@NullMarked
package dev.belfry.web.connections;

import org.jspecify.annotations.NullMarked;
